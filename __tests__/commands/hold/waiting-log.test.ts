import { expect, test } from '@jest/globals';
import { waitingLog } from '../../../src/commands/hold/waiting-log.js';
import { fakeClock } from '../../../testing/fake-clock.js';
import { recordingReport } from '../../../testing/recording-report.js';
import { lockHolder, theirLock } from '../../../testing/test-data.js';

const THEIRS = theirLock();
const OTHERS = theirLock({ ID: '33333333-3333-4333-8333-333333333333', Who: 'bob@desk' });

function startWaiting(timeoutMs = 600_000) {
  const clock = fakeClock();
  const report = recordingReport();
  return { clock, report, log: waitingLog(report, clock, timeoutMs) };
}

const HELD_BY_ADA =
  'Waiting up to 10m for the lock, held by ada@laptop since 2026-11-22T01:05:51Z (9m 59s); ' +
  'operation OperationTypeApply; lock ID 22222222-2222-4222-8222-222222222222';

test('the holder is shown once, however often it refuses', async () => {
  const { clock, report, log } = startWaiting();
  for (const _ of [1, 2, 3]) {
    log.onHeld(THEIRS);
    await clock.advance(5_000);
  }
  expect(report.log).toEqual([HELD_BY_ADA]);
});

test('then there is a line a minute', async () => {
  const { clock, report, log } = startWaiting();
  for (let second = 0; second <= 180; second += 5) {
    log.onHeld(THEIRS);
    await clock.advance(5_000);
  }
  expect(report.log).toEqual([
    HELD_BY_ADA,
    'Still waiting after 1m of 10m.',
    'Still waiting after 2m of 10m.',
    'Still waiting after 3m of 10m.',
  ]);
});

test('another holder is shown at once, and the minute begins anew', async () => {
  const { clock, report, log } = startWaiting();
  log.onHeld(THEIRS);
  await clock.advance(50_000);
  log.onHeld(OTHERS);
  await clock.advance(59_999);
  log.onHeld(OTHERS);
  await clock.advance(1);
  log.onHeld(OTHERS);
  expect(report.log).toEqual([
    HELD_BY_ADA,
    expect.stringContaining('held by bob@desk since'),
    'Still waiting after 1m 50s of 10m.',
  ]);
});

test('a holder of whose two records one is gone already is still the same holder', () => {
  const { report, log } = startWaiting();
  log.onHeld(THEIRS);
  log.onHeld({ ...THEIRS, version: 'of one record' });
  expect(report.log).toEqual([HELD_BY_ADA]);
});

test('that a job has kept its lock for good is told at once, and it is still one holder', async () => {
  const { report, log } = startWaiting();
  const byJob = { ...THEIRS, holder: lockHolder() };
  const kept = { ...THEIRS, holder: lockHolder({ kept: 'still written by terraform (pid 4711)' }) };
  for (const by of [byJob, kept, kept]) log.onHeld(by);
  expect(report.log).toEqual([
    expect.not.stringContaining('kept'),
    expect.stringContaining('kept on purpose by its post step: still written by terraform (pid 4711)'),
  ]);
  const { repository, workflow, job, runNumber, runUrl: url } = lockHolder();
  expect(log.holders()).toEqual([{ who: 'ada@laptop', run: { repository, workflow, job, runNumber, url } }]);
});

test('everybody who was waited for is known, in order', () => {
  const { log } = startWaiting();
  for (const by of [THEIRS, THEIRS, OTHERS, { version: 'not json' }, theirLock({ Who: '' })]) log.onHeld(by);
  expect(log.holders()).toEqual(['ada@laptop', 'bob@desk', 'somebody', 'somebody'].map((who) => ({ who })));
});

test('a long queue, or a long name, does not fill the run state', () => {
  const { log } = startWaiting();
  const [long, cut] = ['w'.repeat(100_000), `${'w'.repeat(200)}…`];
  const holder = lockHolder({ repository: long, workflow: long, job: long, runNumber: long, runUrl: long });
  for (let i = 0; i < 1_000; i++) log.onHeld({ ...theirLock({ ID: String(i), Who: long }), holder });
  const brief = { who: cut, run: { repository: cut, workflow: cut, job: cut, runNumber: cut, url: cut } };
  expect(log.holders()).toEqual(Array.from({ length: 20 }, () => brief));
});

test('an unreadable record is shown too, also when it is empty', () => {
  const { report, log } = startWaiting();
  log.onHeld({ version: '' });
  log.onHeld({ version: '' });
  expect(report.log).toEqual([
    'Waiting up to 10m for the lock, held by an unreadable record, not written by Terraform',
  ]);
});

test('a single attempt is no waiting: the error says who holds the lock', () => {
  const { report, log } = startWaiting(0);
  log.onHeld(THEIRS);
  expect(report.log).toEqual([]);
  expect(log.holders()).toEqual([{ who: 'ada@laptop' }]);
});

test('nobody who held it means nothing to say', () => {
  const { report, log } = startWaiting();
  expect(log.holders()).toEqual([]);
  expect(report.log).toEqual([]);
});
