import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, jest, test } from '@jest/globals';
import { md5Hex } from '../../src/state/digest.js';
import { type ReadOptions, readState } from '../../src/state/read-state.js';
import type { StateSource, StoredState } from '../../src/state/state-source.js';
import { type FakeClock, fakeClock } from '../../testing/fake-clock.js';
import { BUCKET, encryptedStateBody, LINEAGE, STATE_PATH, stateBody } from '../../testing/test-data.js';

const OLD = stateBody({ serial: 7 });
const NEW = stateBody({ serial: 8 });
const VERSION = {
  etag: '"an-etag"',
  lastModified: Date.parse('2026-11-22T01:00:00Z'),
  encryption: { kind: 'aes256' },
} as const;

const stored = (body: Uint8Array): StoredState => ({ ...VERSION, body });

type Stored = Awaited<ReturnType<StateSource['get']>>;

/** What is found, reading by reading; the last of each is found from then on. */
interface Finds {
  readonly states: readonly Stored[];
  readonly digests: readonly (string | undefined)[];
}

interface Reading {
  readonly clock: FakeClock;
  readonly asked: Parameters<StateSource['get']>[0][];
  readonly outcome: ReturnType<typeof readState>;
}

function startReading({ states, digests }: Finds, options: Partial<ReadOptions> = {}): Reading {
  const clock = fakeClock();
  const asked: Reading['asked'] = [];
  let digestsRead = 0;
  const source: StateSource = {
    bucket: BUCKET,
    path: STATE_PATH,
    get: async (wanted) => {
      asked.push(wanted);
      return states[Math.min(asked.length, states.length) - 1];
    },
    digest: async () => {
      digestsRead++;
      return digests[Math.min(digestsRead, digests.length) - 1];
    },
  };
  const outcome = readState(source, { clock, ...options });
  outcome.catch(() => {});
  return { clock, asked, outcome };
}

describe('a state that agrees with its digest', () => {
  test('is read once, and what is known of it comes with it', async () => {
    const { clock, asked, outcome } = startReading({ states: [stored(OLD)], digests: [md5Hex(OLD)] });
    expect(await outcome).toEqual({
      kind: 'state',
      body: OLD,
      version: VERSION,
      md5: md5Hex(OLD),
      digest: md5Hex(OLD),
      doubts: [],
      inspection: expect.objectContaining({
        header: expect.objectContaining({ serial: 7, lineage: LINEAGE, encrypted: false }),
        doubts: [],
      }),
    });
    expect(asked).toHaveLength(1);
    expect(clock.sleeps).toEqual([]);
  });

  test.each<[string, string | undefined]>([
    ['no digest', undefined],
    ['a digest in capitals', md5Hex(OLD).toUpperCase()],
    ['a digest that is no MD5', 'none'],
    ['an empty digest', ''],
    ['a digest cut short', md5Hex(OLD).slice(1)],
  ])('so does one with %s, as for Terraform', async (_, digest) => {
    const { clock, outcome } = startReading({ states: [stored(OLD)], digests: [digest] });
    expect(await outcome).toMatchObject({ kind: 'state', doubts: [] });
    expect(clock.sleeps).toEqual([]);
  });

  test('OpenTofu’s encrypted state is valid: the digest covers the bytes', async () => {
    const body = encryptedStateBody(9);
    const { outcome } = startReading({ states: [stored(body)], digests: [md5Hex(body)] });
    const reading = await outcome;
    expect(reading).toMatchObject({
      kind: 'state',
      doubts: [],
      inspection: { header: { serial: 9, lineage: LINEAGE, encrypted: true } },
    });
    expect(reading).not.toHaveProperty('inspection.resources.size');
  });
});

describe('a state at odds with its digest', () => {
  test('is read again every 2 s, because Terraform writes the digest after the state', async () => {
    const { clock, asked, outcome } = startReading({
      states: [stored(NEW)],
      digests: [md5Hex(OLD), md5Hex(OLD), md5Hex(NEW)],
    });
    await clock.advance(4_000);
    expect(await outcome).toMatchObject({ kind: 'state', md5: md5Hex(NEW), doubts: [] });
    expect(asked).toHaveLength(3);
    expect(clock.sleeps).toEqual([2_000, 2_000]);
  });

  test('is read once where nobody can be between the two writes', async () => {
    const finds = { states: [stored(NEW)], digests: ['not what it is'] };
    const { clock, asked, outcome } = startReading(finds, { digestPatienceMs: 0 });
    expect(await outcome).toMatchObject({ kind: 'state', md5: md5Hex(NEW), digest: 'not what it is' });
    const mismatch = startReading({ ...finds, digests: [md5Hex(OLD)] }, { digestPatienceMs: 0 });
    expect(await mismatch.outcome).toMatchObject({ doubts: [expect.stringContaining(md5Hex(OLD))] });
    expect([asked.length, mismatch.asked.length, ...clock.sleeps]).toEqual([1, 1]);
    expect(mismatch.clock.sleeps).toEqual([]);
  });

  test('settles on the state that is there then', async () => {
    const { clock, outcome } = startReading({
      states: [stored(OLD), stored(NEW)],
      digests: [md5Hex(NEW)],
    });
    await clock.advance(2_000);
    expect(await outcome).toMatchObject({ body: NEW, md5: md5Hex(NEW), doubts: [] });
  });

  test('is doubtful after 10 s, and is read all the same', async () => {
    const { clock, asked, outcome } = startReading({ states: [stored(NEW)], digests: [md5Hex(OLD)] });
    await clock.advance(10_000);
    expect(await outcome).toMatchObject({
      kind: 'state',
      body: NEW,
      doubts: [`Its MD5 is ${md5Hex(NEW)}, but the digest in DynamoDB is ${md5Hex(OLD)}.`],
    });
    expect(clock.sleeps).toEqual([2_000, 2_000, 2_000, 2_000, 2_000]);
    expect(asked).toHaveLength(6);
  });

  test('is not given up before', async () => {
    const { clock, outcome } = startReading({ states: [stored(NEW)], digests: [md5Hex(OLD)] });
    await clock.advance(9_999);
    expect(clock.sleeping()).toBe(1);
    await clock.advance(1);
    expect(await outcome).toMatchObject({ kind: 'state' });
  });

  test('and no JSON either has both doubts', async () => {
    const body = Buffer.from('{"version":4,');
    const { clock, outcome } = startReading({ states: [stored(body)], digests: [md5Hex(OLD)] });
    await clock.advance(10_000);
    const reading = await outcome;
    expect(reading).toHaveProperty('doubts.0', expect.stringContaining('the digest in DynamoDB is'));
    expect(reading).toHaveProperty('doubts.1', expect.stringContaining('breaks off'));
  });
});

describe('a state that is not there', () => {
  test('is absent, without a doubt', async () => {
    const { outcome } = startReading({ states: [undefined], digests: [undefined] });
    expect(await outcome).toEqual({ kind: 'absent', doubts: [] });
  });

  test('although it has a digest may yet come', async () => {
    const { clock, outcome } = startReading({
      states: [undefined, stored(NEW)],
      digests: [md5Hex(NEW)],
    });
    await clock.advance(2_000);
    expect(await outcome).toMatchObject({ kind: 'state', body: NEW, doubts: [] });
  });

  test('although it has a digest is doubtful after 10 s', async () => {
    const { clock, outcome } = startReading({ states: [undefined], digests: [md5Hex(OLD)] });
    await clock.advance(10_000);
    expect(await outcome).toEqual({
      kind: 'absent',
      digest: md5Hex(OLD),
      doubts: [`There is no state, but DynamoDB has a digest of one (${md5Hex(OLD)}).`],
    });
  });
});

describe('the state and its digest', () => {
  const refused = new Error('The state may not be read.');
  const alsoRefused = new Error('The digest may not be read.');
  const failing = (error: Error) => async () => {
    throw error;
  };
  /** A request that goes on until it is told to end. */
  const silent = (signal?: AbortSignal) =>
    new Promise<never>((_, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason));
    });
  const read = (differences: Partial<StateSource>, options: Partial<ReadOptions> = {}) =>
    readState(
      {
        bucket: BUCKET,
        path: STATE_PATH,
        get: async () => stored(OLD),
        digest: async () => md5Hex(OLD),
        ...differences,
      },
      { clock: fakeClock(), ...options },
    );

  test('are asked for at the same time', async () => {
    const arrivals: (() => void)[] = [];
    /** Answered when the other one has come as well. */
    const bothHaveCome = () =>
      new Promise<void>((resolve) => {
        if (arrivals.push(resolve) === 2) for (const answer of arrivals) answer();
      });
    const reading = read({
      get: () => bothHaveCome().then(() => stored(OLD)),
      digest: () => bothHaveCome().then(() => md5Hex(OLD)),
    });
    expect(await reading).toMatchObject({ kind: 'state', doubts: [] });
  });

  test('fail as the state does, whichever fails first, and no failure is left over', async () => {
    const get = () => nextTurn().then(failing(refused));
    await expect(read({ get, digest: failing(alsoRefused) })).rejects.toBe(refused);
  });

  test('fail as the digest does, where the state was read', async () => {
    await expect(read({ digest: failing(alsoRefused) })).rejects.toBe(alsoRefused);
  });

  test('are both given up when the state cannot be read', async () => {
    let asked: AbortSignal | undefined;
    const digest = (signal?: AbortSignal) => {
      asked = signal;
      return silent(signal);
    };
    await expect(read({ get: failing(refused), digest })).rejects.toBe(refused);
    expect(asked?.aborted).toBe(true);
  });

  test.each<[string, Partial<StateSource>]>([
    ['both', { get: ({ signal }) => silent(signal), digest: silent }],
    ['the digest', { digest: silent }],
  ])('are waited for no longer after an abort (%s)', async (_, source) => {
    const cancellation = new AbortController();
    const reason = new Error('The job was cancelled.');
    const reading = read(source, { signal: cancellation.signal });
    await nextTurn();
    cancellation.abort(reason);
    await expect(reading).rejects.toBe(reason);
  });
});

describe('a version that is known already', () => {
  test('is not read again', async () => {
    const { asked, outcome } = startReading(
      { states: ['unchanged'], digests: [md5Hex(NEW)] },
      { unlessEtag: '"known"' },
    );
    expect(await outcome).toEqual({ kind: 'unchanged' });
    expect(asked).toEqual([{ unlessEtag: '"known"' }]);
  });

  describe('needs no digest, which was asked for at the same time', () => {
    function startLook(digest: StateSource['digest']) {
      const clock = fakeClock();
      const get = async () => 'unchanged' as const;
      const source = { bucket: BUCKET, path: STATE_PATH, get, digest };
      const ended = jest.fn();
      const outcome = readState(source, { clock, unlessEtag: '"known"' });
      outcome.finally(ended);
      return { clock, outcome, ended };
    }

    test('and whose failure is nobody’s', async () => {
      const { outcome } = startLook(async () => {
        throw new Error('The digest may not be read.');
      });
      expect(await outcome).toEqual({ kind: 'unchanged' });
    });

    test('and which is let come, so that its connection is there for the lock', async () => {
      let answer = (_: undefined): void => {};
      const { clock, outcome, ended } = startLook(() => new Promise((resolve) => (answer = resolve)));
      await clock.advance(999);
      expect(ended).not.toHaveBeenCalled();
      answer(undefined);
      expect(await outcome).toEqual({ kind: 'unchanged' });
      expect(clock.sleeping()).toBe(0);
    });

    test('but for no longer than a second', async () => {
      let asked: AbortSignal | undefined;
      const { clock, outcome } = startLook((signal) => {
        asked = signal;
        return new Promise(() => {});
      });
      await clock.advance(1_000);
      expect(await outcome).toEqual({ kind: 'unchanged' });
      expect(asked?.aborted).toBe(true);
    });
  });

  test('is no more when there is another, which is held to its digest', async () => {
    const { outcome } = startReading(
      { states: [stored(NEW)], digests: [md5Hex(NEW)] },
      { unlessEtag: '"known"' },
    );
    expect(await outcome).toMatchObject({ kind: 'state', body: NEW, doubts: [] });
  });

  test('is nothing that is asked about where none is known', async () => {
    const { asked, outcome } = startReading({ states: [stored(OLD)], digests: [undefined] });
    await outcome;
    expect(asked).toEqual([{}]);
  });
});

describe('an abort', () => {
  const reason = new Error('The job was cancelled.');

  test('ends the wait for the digest at once', async () => {
    const cancellation = new AbortController();
    const finds = { states: [stored(NEW)], digests: [md5Hex(OLD)] };
    const { clock, outcome } = startReading(finds, { signal: cancellation.signal });
    await clock.advance(100);
    cancellation.abort(reason);
    await expect(outcome).rejects.toBe(reason);
  });

  test('is handed on to the requests', async () => {
    const { signal } = new AbortController();
    const { asked, outcome } = startReading({ states: [stored(OLD)], digests: [undefined] }, { signal });
    await outcome;
    expect(asked[0]?.signal).toBe(signal);
  });
});
