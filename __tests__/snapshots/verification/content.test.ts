import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { readContent } from '../../../src/snapshots/verification/content.js';
import { contentDoubts } from '../../../src/snapshots/verification/content-findings.js';
import { encryptedStateBody, stateBody } from '../../../testing/test-data.js';
import { listed } from './listed.js';

async function* pieces(body: Uint8Array, size = 64): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < body.length; at += size) yield body.subarray(at, at + size);
}

const hex = (algorithm: string, body: Uint8Array) => createHash(algorithm).update(body).digest('hex');
const facts = (body: Uint8Array) => ({ md5: hex('md5', body), sha256: hex('sha256', body) });

describe('one reading', () => {
  test.each([
    ['a state', stateBody()],
    ['what is no JSON from its first byte on', Buffer.from(`x${'y'.repeat(1_000)}`)],
    ['nothing', Buffer.alloc(0)],
  ])('hashes and inspects %s, to its end', async (_, body) => {
    const content = await readContent(pieces(body));
    expect(content).toMatchObject({ bytes: body.length, ...facts(body) });
    expect(content.inspection.doubts).toHaveLength(body.toString().startsWith('{') ? 0 : 1);
  });

  test('holds no more than a piece: the next is asked for when the last was seen', async () => {
    let [alive, most] = [0, 0];
    async function* counted() {
      for await (const piece of pieces(stateBody({ values: { a: 'x'.repeat(10_000) } }), 100)) {
        most = Math.max(most, ++alive);
        yield piece;
        alive--;
      }
    }
    await readContent(counted());
    expect(most).toBe(1);
  });

  test('throws what breaks the body off, also behind broken JSON', async () => {
    async function* broken() {
      yield Buffer.from('not JSON');
      throw new Error('broken off');
    }
    await expect(readContent(broken())).rejects.toThrow('broken off');
  });
});

describe('what is wrong with a snapshot by itself', () => {
  const doubtsOf = async (
    body: Uint8Array,
    {
      recorded = facts(body),
      serial = 7,
      kind = 'verified',
      bytes = body.length,
    }: {
      readonly recorded?: { readonly md5?: string; readonly sha256?: string };
      readonly serial?: number;
      readonly kind?: 'verified' | 'doubtful' | 'errored' | 'pre-restore';
      readonly bytes?: number;
    } = {},
  ) => contentDoubts({ ...listed(0, serial, kind), bytes }, recorded, await readContent(pieces(body)));
  const body = stateBody();
  const wrong = '0'.repeat(64);

  test('nothing, where all is as it was stored', async () => {
    expect(await doubtsOf(body)).toEqual([]);
    expect(await doubtsOf(encryptedStateBody())).toEqual([]);
  });

  test.each([
    ['length', { bytes: 5 }],
    ['SHA-256', { recorded: { sha256: wrong } }],
    ['SHA-256', { recorded: { sha256: wrong, md5: wrong.slice(32) } }],
    ['MD5', { recorded: { md5: wrong.slice(32) } }],
  ])('another %s, and then nothing else is told', async (what, differences) => {
    expect(await doubtsOf(body, { serial: 8, ...differences })).toEqual([
      expect.objectContaining({ kind: 'altered', what }),
    ]);
  });

  test.each([[{ md5: facts(body).md5 }], [{ sha256: facts(body).sha256 }]])(
    'one hash is enough: %j',
    async (recorded) => {
      expect(await doubtsOf(body, { recorded })).toEqual([]);
    },
  );

  test('no hash is a doubt, and what can be seen is looked at all the same', async () => {
    expect(await doubtsOf(body, { recorded: {}, serial: 8 })).toEqual([
      { kind: 'unrecorded' },
      { kind: 'misnamed', named: 8, serial: 7 },
    ]);
  });

  test.each(['doubtful', 'errored', 'pre-restore'] as const)(
    'a copy that is %s need not be a state',
    async (kind) => {
      const rubbish = Buffer.from('rubbish');
      expect(await doubtsOf(rubbish, { kind })).toEqual([]);
      expect(await doubtsOf(rubbish, { kind, recorded: { sha256: wrong } })).toEqual([
        expect.objectContaining({ kind: 'altered' }),
      ]);
    },
  );

  test('what does not parse is a doubt without any of its content', async () => {
    const doubts = await doubtsOf(Buffer.from('{"secret": tell-nobody'));
    expect(doubts).toEqual([expect.objectContaining({ kind: 'not-a-state' })]);
    expect(JSON.stringify(doubts)).not.toContain('tell-nobody');
  });
});
