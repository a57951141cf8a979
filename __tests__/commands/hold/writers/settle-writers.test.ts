import { beforeEach, describe, expect, test } from '@jest/globals';
import {
  type Settled,
  type SettleParts,
  settleWriters,
} from '../../../../src/commands/hold/writers/settle-writers.js';
import { STOPPING_VARIABLE } from '../../../../src/commands/hold/writers/stopping-record.js';
import { type FakeClock, fakeClock, START } from '../../../../testing/fake-clock.js';
import { type FakeMachine, type FakeProcess, fakeMachine } from '../../../../testing/fake-processes.js';
import { type RecordingReport, recordingReport } from '../../../../testing/recording-report.js';
import { type RecordingRunner, recordingRunner } from '../../../../testing/recording-runner.js';
import { OUR_ID, THEIR_ID } from '../../../../testing/test-data.js';

const HELD = { LOCKKEEPER_HELD_000000000001: `both:${OUR_ID}` };
const TWO_HELD = { ...HELD, LOCKKEEPER_HELD_000000000002: `dynamodb:${THEIR_ID}` };
const TERRAFORM = { pid: 10, variables: HELD, endsAfterMs: 100 };
const STUCK = { pid: 11, names: ['tool'], variables: HELD };

let clock: FakeClock;
let machine: FakeMachine;
let runner: RecordingRunner;
let report: RecordingReport;

beforeEach(() => {
  clock = fakeClock();
  runner = recordingRunner();
  report = recordingReport();
});

/** What the post step comes to on a machine with these processes, after five minutes at the latest. */
async function settle(table: readonly FakeProcess[], parts: Partial<SettleParts> = {}): Promise<Settled> {
  machine = fakeMachine(clock, table);
  const settling = settleWriters({
    processes: machine,
    guard: { guarded: ['tool'] },
    lockIds: [OUR_ID],
    mainStartedAt: await machine.ownStart(),
    environment: HELD,
    runner,
    report,
    clock,
    ...parts,
  });
  await clock.advance(300_000);
  return settling;
}

test('without a writer, the post step goes on at once, and says nothing', async () => {
  expect((await settle([])).outcome).toEqual({ kind: 'none' });
  expect(report.log).toEqual([]);
});

test('whom it stops is in the log at once, and in a warning', async () => {
  expect((await settle([TERRAFORM])).outcome).toMatchObject({ kind: 'stopped' });
  expect(report.log[0]).toContain('terraform (pid 10) of this job still runs');
  expect(report.log[1]).toContain('Terraform was stopped');
});

test('later post steps know when the first one began, and who had a signal', async () => {
  await settle([]);
  expect(runner.variables).toEqual({ [STOPPING_VARIABLE]: `${START};` });
  await settle([TERRAFORM]);
  expect(runner.variables[STOPPING_VARIABLE]).toMatch(/^\d+;10:3000$/);
  const environment = { ...HELD, [STOPPING_VARIABLE]: `${clock.now()};10:3000` };
  expect((await settle([TERRAFORM], { environment })).outcome).toMatchObject({ kind: 'still-writing' });
  expect(machine.interrupts).toEqual([]);
});

describe('how long it waits', () => {
  test.each<[string, Partial<SettleParts>, number]>([
    ['all the time of a job with one lock', {}, 210_000],
    ['less for another lock that the job still holds', { environment: TWO_HELD }, 180_000],
    ['"process_timeout"', { guard: { guarded: ['tool'], timeoutMs: 5_000 } }, 5_000],
    [
      'what an earlier post step has left',
      { environment: { ...HELD, [STOPPING_VARIABLE]: `${START - 200_000};` } },
      10_000,
    ],
  ])('%s', async (_name, parts, tookMs) => {
    expect((await settle([STUCK], parts)).outcome).toMatchObject({ kind: 'still-writing', tookMs });
  });
});

test('where main could not look, post does not either', async () => {
  expect((await settle([STUCK], { mainStartedAt: undefined })).outcome).toEqual({ kind: 'cannot-look' });
  expect(machine.interrupts).toEqual([]);
});

test('the rest of the post step has a budget', async () => {
  const { budget } = await settle([]);
  expect(budget.timeFor('release', START)).toBe(60_000);
});
