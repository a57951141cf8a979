import { beforeEach, describe, expect, test } from '@jest/globals';
import {
  type StopParts,
  stopWriters,
  type WritersOutcome,
} from '../../../../src/commands/hold/writers/stop-writers.js';
import type { StoppingRecord } from '../../../../src/commands/hold/writers/stopping-record.js';
import { type FakeClock, fakeClock, START } from '../../../../testing/fake-clock.js';
import { type FakeMachine, type FakeProcess, fakeMachine } from '../../../../testing/fake-processes.js';
import { OUR_ID } from '../../../../testing/test-data.js';

const VARIABLES = { LOCKKEEPER_HELD_000000000001: `both:${OUR_ID}` };
const TERRAFORM = { pid: 10, variables: VARIABLES, endsAfterMs: 100 };
const STUCK = { pid: 11, names: ['tofu'], variables: VARIABLES };
const DOUBTFUL = { pid: 12, variables: 'unknown' } as const;

let clock: FakeClock;
let machine: FakeMachine;
let told: string[];
let remembered: StoppingRecord[];

beforeEach(() => {
  clock = fakeClock();
  told = [];
  remembered = [];
});

/** Looks at a machine with these processes, with a minute to wait. */
function stop(table: readonly FakeProcess[], parts: Partial<StopParts> = {}): Promise<WritersOutcome> {
  machine = fakeMachine(clock, table);
  return stopWriters({
    processes: machine,
    clock,
    job: { lockIds: [OUR_ID], mainStartedAt: 2_000 },
    guarded: [],
    until: START + 60_000,
    record: { since: START, interrupted: [] },
    remember: (record) => {
      remembered.push(record);
      told.push(`remember ${record.interrupted.map(({ pid }) => pid).join()}`);
    },
    onInterrupt: ({ pid }) => told.push(`interrupt ${pid}`),
    ...parts,
  });
}

/** The outcome, once a minute has gone by. */
async function outcome(stopping: Promise<WritersOutcome>): Promise<WritersOutcome> {
  await clock.advance(60_000);
  return stopping;
}

const interrupts = () => machine.interrupts.map(({ pid }) => pid);

test('a job that has left nothing running is not kept waiting', async () => {
  expect(await stop([{ pid: 9, names: ['bash'], variables: VARIABLES }])).toEqual({ kind: 'none' });
  expect(clock.sleeps).toEqual([]);
  expect(told).toEqual([]);
});

test('where nothing can be seen, that is the outcome', async () => {
  const stopping = stop([], { processes: { ...fakeMachine(clock, []), look: async () => undefined } });
  expect(await stopping).toEqual({ kind: 'cannot-look' });
});

test('what was left running is interrupted once, and waited for', async () => {
  expect(await outcome(stop([{ ...TERRAFORM, endsAfterMs: 40_000 }]))).toMatchObject({
    kind: 'stopped',
    processes: [{ pid: 10, command: 'terraform' }],
    tookMs: 40_500,
  });
  expect(interrupts()).toEqual([10]);
});

test('a signal is remembered before it is sent', async () => {
  await outcome(stop([TERRAFORM]));
  expect(told).toEqual(['remember 10', 'interrupt 10']);
});

test('what an earlier post step has interrupted is only waited for', async () => {
  const record = { since: START, interrupted: [{ pid: 10, startedAt: 3_000 }] };
  expect(await outcome(stop([STUCK, TERRAFORM], { record }))).toMatchObject({
    kind: 'still-writing',
    processes: [{ pid: 11 }, { pid: 10 }],
  });
  expect(interrupts()).toEqual([11]);
  expect(remembered).toEqual([
    { since: START, interrupted: [...record.interrupted, { pid: 11, startedAt: 3_000 }] },
  ]);
});

test('another process under an ID that was interrupted gets a signal of its own', async () => {
  const record = { since: START, interrupted: [{ pid: 10, startedAt: 2_990 }] };
  expect(await outcome(stop([TERRAFORM], { record }))).toMatchObject({ kind: 'stopped' });
  expect(interrupts()).toEqual([10]);
});

test('what does not end in time is named, with the reason', async () => {
  const stopping = outcome(stop([STUCK, TERRAFORM, DOUBTFUL]));
  expect(await stopping).toMatchObject({
    kind: 'still-writing',
    reason: 'will-not-end',
    processes: [{ pid: 11 }, { pid: 12 }],
    tookMs: 60_000,
  });
  expect(interrupts()).toEqual([11, 10]);
});

test('without any time, it is interrupted all the same', async () => {
  expect(await stop([TERRAFORM], { until: START })).toMatchObject({ kind: 'still-writing', tookMs: 0 });
  expect(interrupts()).toEqual([10]);
});

describe('what is doubtful', () => {
  test('is never interrupted, and keeps the lock', async () => {
    expect(await outcome(stop([DOUBTFUL]))).toMatchObject({
      kind: 'still-writing',
      reason: 'doubtful',
      processes: [{ pid: 12, whose: 'doubtful' }],
    });
    expect(interrupts()).toEqual([]);
    expect(remembered).toEqual([]);
  });

  test('is waited for', async () => {
    const stopping = stop([DOUBTFUL]);
    await clock.advance(5_000);
    machine.end(12);
    expect(await outcome(stopping)).toMatchObject({ kind: 'stopped' });
  });
});

describe('a wrapper', () => {
  const WRAPPER = { pid: 20, names: ['terragrunt'], variables: VARIABLES };
  const WRAPPED = { ...TERRAFORM, parent: 20, endsAfterMs: 10_000 };

  test('that ends by itself once what it wraps has ended is not interrupted', async () => {
    const stopping = outcome(stop([{ ...WRAPPER, endsWith: 10 }, WRAPPED]));
    expect(await stopping).toMatchObject({ kind: 'stopped', processes: [{ pid: 20 }, { pid: 10 }] });
    expect(interrupts()).toEqual([10]);
  });

  test('that does not is interrupted when no leaf is left', async () => {
    expect(await outcome(stop([{ ...WRAPPER, endsAfterMs: 100 }, WRAPPED]))).toMatchObject({
      kind: 'stopped',
    });
    expect(machine.interrupts).toEqual([
      { pid: 10, atMs: 0 },
      { pid: 20, atMs: 11_000 },
    ]);
  });

  test('is left alone as long as another leaf is there', async () => {
    expect(await outcome(stop([WRAPPER, WRAPPED, STUCK]))).toMatchObject({ kind: 'still-writing' });
    expect(interrupts()).toEqual([10, 11]);
  });

  test('around a wrapper is interrupted after that one', async () => {
    const inner = { ...WRAPPER, pid: 21, names: ['tofu'], parent: 20, endsAfterMs: 5_000 };
    const table = [{ ...WRAPPER, endsAfterMs: 100 }, inner, { ...WRAPPED, parent: 21 }];
    expect(await outcome(stop(table))).toMatchObject({ kind: 'stopped' });
    expect(interrupts()).toEqual([10, 21, 20]);
  });

  test('that starts the next one has that interrupted, and is left alone', async () => {
    const next = { ...TERRAFORM, pid: 30, parent: 20, startsAfter: 10, endsAfterMs: 5_000 };
    expect(await outcome(stop([{ ...WRAPPER, endsWith: 30 }, WRAPPED, next]))).toMatchObject({
      kind: 'stopped',
    });
    expect(interrupts()).toEqual([10, 30]);
  });
});

test('what a script starts when the last one has ended is stopped too', async () => {
  const machineWithGap = [TERRAFORM, { ...TERRAFORM, pid: 30, startsAfter: 10 }];
  expect(await outcome(stop(machineWithGap))).toMatchObject({
    kind: 'stopped',
    processes: [{ pid: 10 }, { pid: 30 }],
  });
  expect(interrupts()).toEqual([10, 30]);
});

test('the look has to find nothing twice before the lock may go', async () => {
  const stopping = stop([TERRAFORM]);
  await clock.advance(500);
  expect(clock.sleeping()).toBe(1);
  await clock.advance(500);
  expect(await stopping).toMatchObject({ kind: 'stopped', tookMs: 1_000 });
});

test('somebody reads what it prints before it is interrupted', async () => {
  let heldAtInterrupt: readonly number[] = [];
  const stopping = stop([TERRAFORM, DOUBTFUL], {
    onInterrupt: () => {
      heldAtInterrupt = [...machine.held];
    },
  });
  await outcome(stopping);
  expect(heldAtInterrupt).toEqual([10, 12]);
});

test('what cannot be seen any more is taken to run on', async () => {
  const stopping = stop([STUCK]);
  machine.blind();
  expect(await outcome(stopping)).toMatchObject({ kind: 'still-writing', processes: [{ pid: 11 }] });
});

test('an abort ends the wait', async () => {
  const cancellation = new AbortController();
  const stopping = stop([STUCK], { signal: cancellation.signal });
  const refused = expect(stopping).rejects.toThrow('Enough.');
  await clock.advance(500);
  cancellation.abort(new Error('Enough.'));
  await refused;
});

describe('a script that goes on when its Terraform has stopped', () => {
  const SCRIPT = { pid: 9, names: ['bash', 'deploy.sh'], variables: VARIABLES };
  const STARTED = { ...TERRAFORM, parent: SCRIPT.pid };

  test('may start it again, so that the lock is not released before it has ended; it gets no signal', async () => {
    expect(await outcome(stop([SCRIPT, STARTED]))).toMatchObject({
      kind: 'still-writing',
      reason: 'goes-on',
      processes: [{ pid: SCRIPT.pid, command: 'deploy.sh' }],
      tookMs: 60_000,
    });
    expect(interrupts()).toEqual([STARTED.pid]);
  });

  test('ends with it as a rule, and then nobody is kept waiting', async () => {
    const stopping = stop([{ ...SCRIPT, endsWith: STARTED.pid }, STARTED]);
    expect(await outcome(stopping)).toMatchObject({ kind: 'stopped', processes: [{ pid: STARTED.pid }] });
    expect(clock.sleeps.length).toBeLessThan(4);
  });

  test('is of no interest if it is not of this job: what runs the runner goes on for ever', async () => {
    const foreign = { ...SCRIPT, variables: {} };
    expect(await outcome(stop([foreign, STARTED]))).toMatchObject({ kind: 'stopped' });
  });
});

test('it looks a last time when its time is up, and not later', async () => {
  const stopping = stop([STUCK], { until: START + 700 });
  await clock.advance(60_000);
  expect(await stopping).toMatchObject({ kind: 'still-writing', tookMs: 700 });
  expect(clock.sleeps).toEqual([500, 200]);
});
