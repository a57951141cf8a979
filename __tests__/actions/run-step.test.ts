import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { CancelledError } from '../../src/job/cancelled-error.js';
import { Failure } from '../../src/words/failure.js';

const core = { error: jest.fn(), debug: jest.fn(), ExitCode: { Success: 0, Failure: 1 } };
jest.unstable_mockModule('@actions/core', () => core);
const { run } = await import('../../src/actions/run-step.js');

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;
const listeners = () => SIGNALS.map((name) => process.listenerCount(name));

beforeEach(() => {
  jest.clearAllMocks();
  process.exitCode = undefined;
});

afterEach(() => {
  process.removeAllListeners('unhandledRejection');
  process.removeAllListeners('uncaughtException');
  process.exitCode = undefined;
});

const failuresIn = (error: unknown) => [new Failure('Told', String(error))];

describe('a step that goes well', () => {
  test('fails nothing, and leaves no listener behind', async () => {
    const before = listeners();
    await run({ work: async () => {}, failuresIn });
    expect(process.exitCode).toBeUndefined();
    expect(core.error).not.toHaveBeenCalled();
    expect(listeners()).toEqual(before);
  });

  test('is given a signal that did not abort', async () => {
    let aborted: boolean | undefined;
    await run({
      failuresIn,
      work: async (signal) => {
        aborted = signal.aborted;
      },
    });
    expect(aborted).toBe(false);
  });
});

describe('what a step has begun and does not wait for', () => {
  test.each([
    ['well', async () => {}],
    ['badly', () => Promise.reject(new Error('No.'))],
  ])('is given up at its end, and not before, if it goes %s', async (_, work: () => Promise<void>) => {
    const seen: AbortSignal[] = [];
    const whileItWorks: boolean[] = [];
    await run({
      failuresIn,
      work: (_signal, over) => {
        seen.push(over);
        whileItWorks.push(over.aborted);
        return work();
      },
    });
    expect(whileItWorks).toEqual([false]);
    expect(seen[0]?.aborted).toBe(true);
  });
});

describe.each(SIGNALS)('%s', (name) => {
  test('aborts the work with the reason, and does not end the process', async () => {
    let reason: unknown;
    await run({
      failuresIn,
      work: async (signal) => {
        process.emit(name, name);
        reason = signal.reason;
      },
    });
    expect(reason).toBeInstanceOf(CancelledError);
    expect(reason).toMatchObject({ name: 'CancelledError', message: `The runner sent ${name}.` });
  });

  test('leaves the work to free what it holds, and is no failure by itself', async () => {
    const freed = jest.fn();
    await run({
      failuresIn,
      work: async () => {
        process.emit(name, name);
        await Promise.resolve();
        freed();
      },
    });
    expect(freed).toHaveBeenCalledTimes(1);
    expect(process.exitCode).toBeUndefined();
  });
});

test('the first signal’s reason counts: the runner sends a second one', async () => {
  let reason: unknown;
  await run({
    failuresIn,
    work: async (signal) => {
      for (const name of SIGNALS) process.emit(name, name);
      reason = signal.reason;
    },
  });
  expect(reason).toHaveProperty('message', 'The runner sent SIGINT.');
});

describe('a step that fails', () => {
  test('sets the exit code, and annotates what went wrong', async () => {
    const before = listeners();
    await run({ work: () => Promise.reject(new Error('The disk is full.')), failuresIn });
    expect(process.exitCode).toBe(1);
    expect(core.error.mock.calls).toEqual([['Error: The disk is full.', { title: 'Told' }]]);
    expect(listeners()).toEqual(before);
  });

  test('by several errors annotates each', async () => {
    const several = [new Failure('Snapshot not stored', 'A.'), new Failure('Lock not released', 'B.')];
    await run({ work: () => Promise.reject(new Error()), failuresIn: () => several });
    expect(core.error.mock.calls).toEqual([
      ['A.', { title: 'Snapshot not stored' }],
      ['B.', { title: 'Lock not released' }],
    ]);
  });

  test('keeps the stack for whoever debugs', async () => {
    const failure = new Failure('Told', 'A.');
    await run({ work: () => Promise.reject(failure), failuresIn: () => [failure] });
    expect(core.debug.mock.calls).toEqual([[expect.stringContaining('run-step.test')]]);
  });

  test('cannot be made to run a workflow command by what it tells', async () => {
    const failure = new Failure('::set-output name=x::y', '::add-mask::x\u001b[2K');
    await run({ work: () => Promise.reject(failure), failuresIn: () => [failure] });
    expect(core.error.mock.calls).toEqual([
      ['\\::add-mask::x\\u001b[2K', { title: '\\::set-output name=x::y' }],
    ]);
  });

  test('by throwing before its first await fails all the same', async () => {
    const work = () => {
      throw new Error('At once.');
    };
    await run({ work, failuresIn });
    expect(process.exitCode).toBe(1);
  });
});

test('an exception that nobody catches fails the step, and aborts the work so that it can free what it holds', async () => {
  const broken = new Error('write EPIPE');
  let reason: unknown;
  await run({
    failuresIn,
    work: async (signal) => {
      process.emit('uncaughtException', broken);
      reason = signal.reason;
    },
  });
  expect(reason).toBe(broken);
  expect(process.exitCode).toBe(1);
});

test('an exception that ends the work as well is told once', async () => {
  const broken = new Error('Broken.');
  await run({
    failuresIn: (error) => [new Failure('Told', String(error), { cause: error })],
    work: async (signal) => {
      process.emit('uncaughtException', broken);
      signal.throwIfAborted();
    },
  });
  expect(core.error.mock.calls).toEqual([['Error: Broken.', { title: 'Told' }]]);
});

test('a log that nobody reads any more fails the step, and is not written to again', async () => {
  let aborted = false;
  await run({
    failuresIn,
    work: async (signal) => {
      process.emit('uncaughtException', Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
      aborted = signal.aborted;
    },
  });
  expect(aborted).toBe(true);
  expect(process.exitCode).toBe(1);
  expect(core.error).not.toHaveBeenCalled();
});

test('a rejection that nobody handles fails the step, also after its end', async () => {
  await run({ work: async () => {}, failuresIn });
  process.emit('unhandledRejection', new Error('Forgotten.'), Promise.resolve());
  expect(process.exitCode).toBe(1);
  expect(core.error.mock.calls).toEqual([['Error: Forgotten.', { title: 'Told' }]]);
});
