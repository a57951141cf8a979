import { describe, expect, test } from '@jest/globals';
import { BackendError, type BackendProblem } from '../../src/job/backend-error.js';
import { persist, persistFor } from '../../src/job/persistence.js';
import { fakeClock } from '../../testing/fake-clock.js';

const AWAY: BackendProblem = { kind: 'unavailable', service: 'S3', action: 's3:GetObject', detail: '503' };
const DENIED: BackendProblem = { kind: 'rejected-credentials', detail: 'No.' };
const WRONG_ADDRESS: BackendProblem = {
  kind: 'unreachable',
  service: 'S3',
  detail: 'ENOTFOUND',
  nobodyThere: true,
};
const SILENT: BackendProblem = { kind: 'unreachable', service: 'S3', detail: 'ETIMEDOUT' };
const OVER = new Error('Over.');

/** Work that fails like this, one after the other, and then is done. */
function failing(...problems: BackendProblem[]) {
  const left = [...problems];
  return async () => {
    const problem = left.shift();
    if (problem) throw new BackendError(problem);
    return 'done';
  };
}

/** A request that hangs until it is aborted, and tells of it as `send` does. */
function hanging(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
}

function weather(random: number, reached = true) {
  const clock = fakeClock();
  return { clock, persistence: { clock, random: () => random, reached } };
}

const errorOf = (working: Promise<unknown>) => working.catch((error: unknown) => error);

describe('the pause after a failure', () => {
  test.each([
    ['at most', 1, [500, 1_000, 2_000, 4_000, 5_000, 5_000]],
    ['half of that at least, so that many clients drift apart', 0, [250, 500, 1_000, 2_000, 2_500, 2_500]],
  ])('grows up to five seconds: %s', async (_, random, pauses) => {
    const { clock, persistence } = weather(random);
    const working = persist(failing(...pauses.map(() => AWAY)), persistence);
    await clock.advance(60_000);
    expect(await working).toBe('done');
    expect(clock.sleeps).toEqual(pauses);
  });
});

test('every failure that is tried again is heard of, and no other', async () => {
  const { clock, persistence } = weather(1);
  const heard: string[] = [];
  const working = persist(failing(AWAY, SILENT, DENIED), persistence, undefined, ({ problem }) =>
    heard.push(problem.kind),
  );
  const outcome = errorOf(working);
  await clock.advance(60_000);
  expect(await outcome).toHaveProperty('problem', DENIED);
  expect(heard).toEqual(['unavailable', 'unreachable']);
});

describe('an address', () => {
  test('at which nobody listens is not waited for where the store never answered', async () => {
    const { clock, persistence } = weather(1, false);
    await expect(persist(failing(WRONG_ADDRESS), persistence)).rejects.toHaveProperty(
      'problem',
      WRONG_ADDRESS,
    );
    expect(clock.sleeps).toEqual([]);
  });

  test.each<[string, BackendProblem, boolean]>([
    ['at which nobody listens any more', WRONG_ADDRESS, true],
    ['that is only silent', SILENT, false],
  ])('%s is waited for', async (_, problem, reached) => {
    const { clock, persistence } = weather(1, reached);
    const working = persist(failing(problem), persistence);
    await clock.advance(500);
    expect(await working).toBe('done');
  });
});

describe('an abort', () => {
  test('in a pause tells of the weather', async () => {
    const { clock, persistence } = weather(1);
    const { signal, abort } = abortable();
    const outcome = errorOf(persist(failing(AWAY, AWAY), persistence, signal));
    await clock.advance(0);
    abort();
    expect(await outcome).toHaveProperty('problem', AWAY);
    expect(clock.sleeping()).toBe(0);
  });

  test('in a request tells of the weather before it, and asks for nothing more', async () => {
    const { clock, persistence } = weather(1);
    const { signal, abort } = abortable();
    let requests = 0;
    const work = () => (++requests === 1 ? failing(AWAY)() : hanging(signal));
    const outcome = errorOf(persist(work, persistence, signal));
    await clock.advance(500);
    abort();
    expect(await outcome).toHaveProperty('problem', AWAY);
    expect(requests).toBe(2);
  });

  test('in the first request is its reason', async () => {
    const { signal, abort } = abortable();
    const outcome = errorOf(persist(() => hanging(signal), weather(1).persistence, signal));
    abort();
    expect(await outcome).toBe(OVER);
  });
});

describe('for a time at most', () => {
  test('an outage is waited out, and no timer is left behind', async () => {
    const { clock, persistence } = weather(1);
    const working = persistFor(10_000, failing(AWAY), persistence);
    await clock.advance(500);
    expect(await working).toBe('done');
    expect(clock.sleeping()).toBe(0);
  });

  test.each([
    ['alone', undefined],
    ['beside the signal of the caller', abortable().signal],
  ])('the end of it ends the request that is under way: %s', async (_, signal) => {
    const { clock, persistence } = weather(1);
    const { work, asked } = noting();
    const outcome = errorOf(persistFor(10_000, work, persistence, signal));
    await clock.advance(9_999);
    expect(asked[0]?.aborted).toBe(false);
    await clock.advance(1);
    expect(await outcome).toEqual(new Error('No answer within 10 s.'));
    expect(asked[0]?.aborted).toBe(true);
  });

  test('the end of it tells of the weather that there was', async () => {
    const { clock, persistence } = weather(1);
    const work = failing(...Array.from({ length: 50 }, () => AWAY));
    const outcome = errorOf(persistFor(10_000, work, persistence));
    await clock.advance(10_000);
    expect(await outcome).toHaveProperty('problem', AWAY);
  });

  test('the signal of the caller ends it before that', async () => {
    const { clock, persistence } = weather(1);
    const { signal, abort } = abortable();
    const { work } = noting();
    const outcome = errorOf(persistFor(10_000, work, persistence, signal));
    await clock.advance(0);
    abort();
    expect(await outcome).toBe(OVER);
    expect(clock.sleeping()).toBe(0);
  });
});

function abortable() {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort(OVER) };
}

/** A request that hangs, and the signals that it was given. */
function noting() {
  const asked: AbortSignal[] = [];
  const work = (signal: AbortSignal) => {
    asked.push(signal);
    return hanging(signal);
  };
  return { work, asked };
}
