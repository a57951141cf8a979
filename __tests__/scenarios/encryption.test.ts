import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { BUCKET, STATE_PATH } from '../../testing/environment.js';
import type { StoredEncryption } from '../../testing/s3-double/index.js';
import { stateBody } from '../../testing/test-data.js';
import { inScene, nameOf, type Scene, STATE } from './scene.js';

const CHANGED = stateBody({ serial: 8, values: { greeting: 'bye' } });
const KEY = 'arn:aws:kms:us-east-1:123456789012:key/11111111-2222-4333-8444-555555555555';
const OTHER_KEY = 'arn:aws:kms:us-east-1:123456789012:key/99999999-2222-4333-8444-555555555555';
const CUSTOMER_KEY = Buffer.alloc(32, 7).toString('base64');
const CUSTOMER_KEY_MD5 = createHash('md5').update(Buffer.alloc(32, 7)).digest('base64');

const SSE = 'x-amz-server-side-encryption';
const AES256 = { [SSE]: 'AES256' };
const KMS = { [SSE]: 'aws:kms', [`${SSE}-aws-kms-key-id`]: KEY };
const OTHER_KMS = { ...KMS, [`${SSE}-aws-kms-key-id`]: OTHER_KEY };
const SSE_C = {
  [`${SSE}-customer-algorithm`]: 'AES256',
  [`${SSE}-customer-key`]: CUSTOMER_KEY,
  [`${SSE}-customer-key-md5`]: CUSTOMER_KEY_MD5,
};

interface Case {
  readonly what: string;
  readonly inputs: Readonly<Record<string, string>>;
  /** How Terraform has stored the state. */
  readonly source: StoredEncryption;
  /** The headers of the writes of the lockfile and of the snapshots. */
  readonly lockfile: Readonly<Record<string, string>>;
  readonly snapshot: Readonly<Record<string, string>>;
  /** The headers of every read. */
  readonly reads?: Readonly<Record<string, string>>;
}

const SSE_C_INPUTS = { encrypt: 'true', sse_customer_key: CUSTOMER_KEY };
const CUSTOMER: StoredEncryption = { kind: 'customer', keyMd5: CUSTOMER_KEY_MD5 };

const CASES: readonly Case[] = [
  { what: 'nothing', inputs: {}, source: { kind: 'AES256' }, lockfile: {}, snapshot: AES256 },
  {
    what: 'encrypt',
    inputs: { encrypt: 'true' },
    source: { kind: 'AES256' },
    lockfile: AES256,
    snapshot: AES256,
  },
  {
    what: 'encrypt with a KMS key',
    inputs: { encrypt: 'true', kms_key_id: KEY },
    source: { kind: 'aws:kms', keyId: KEY },
    lockfile: KMS,
    snapshot: KMS,
  },
  {
    what: 'a KMS key, for a state from before it',
    inputs: { encrypt: 'true', kms_key_id: KEY },
    source: { kind: 'AES256' },
    lockfile: KMS,
    snapshot: KMS,
  },
  {
    what: 'a KMS key without encrypt, which does not count',
    inputs: { kms_key_id: KEY },
    source: { kind: 'AES256' },
    lockfile: {},
    snapshot: AES256,
  },
  {
    what: "nothing, for a state under the bucket's KMS key",
    inputs: {},
    source: { kind: 'aws:kms', keyId: KEY },
    lockfile: {},
    snapshot: KMS,
  },
  {
    what: 'another KMS key for the snapshots',
    inputs: { encrypt: 'true', kms_key_id: KEY, backup_kms_key_id: OTHER_KEY },
    source: { kind: 'aws:kms', keyId: KEY },
    lockfile: KMS,
    snapshot: OTHER_KMS,
  },
  { what: 'SSE-C', inputs: SSE_C_INPUTS, source: CUSTOMER, lockfile: SSE_C, snapshot: SSE_C, reads: SSE_C },
  {
    what: 'SSE-C with a KMS key for the snapshots',
    inputs: { ...SSE_C_INPUTS, backup_kms_key_id: OTHER_KEY },
    source: CUSTOMER,
    lockfile: SSE_C,
    snapshot: OTHER_KMS,
    reads: SSE_C,
  },
];

/** The headers of all requests of a name, as far as their names begin so. */
function headersOf({ s3Proxy }: Scene, name: string, start: string): Record<string, unknown>[] {
  return s3Proxy.requests
    .filter((request) => nameOf(request) === name)
    .map(({ headers }) =>
      Object.fromEntries(Object.entries(headers).filter(([header]) => header.startsWith(start))),
    );
}

/** Runs a job in which the state changes. */
async function deploy(scene: Scene, inputs: Case['inputs'], source: StoredEncryption): Promise<void> {
  const put = (body: Uint8Array) =>
    scene.s3.putObject(BUCKET, STATE_PATH, Buffer.from(body), { encryption: source });
  put(STATE);
  const job = await scene.startJob('lockfile', { inputs });
  expect((await job.main()).errors).toEqual([]);
  put(CHANGED);
  const post = await job.post();
  expect(post).toMatchObject({ exitCode: 0, errors: [], warnings: [] });
  expect(post.summary).toContain('~ terraform_data.greeting');
  expect(await scene.lockRecords()).toEqual([]);
}

describe('what is written is encrypted as the state and the inputs say', () => {
  test.concurrent.each(CASES)('$what', ({ inputs, source, lockfile, snapshot, reads = {} }) =>
    inScene(async (scene) => {
      await deploy(scene, inputs, source);
      for (const headers of headersOf(scene, 'PUT lockfile', SSE)) expect(headers).toEqual(lockfile);
      expect(headersOf(scene, 'PUT snapshot', SSE)).toEqual([snapshot, snapshot]);
      for (const name of ['GET state', 'GET lockfile']) {
        const sent = headersOf(scene, name, SSE);
        expect(sent.length).toBeGreaterThan(0);
        for (const headers of sent) expect(headers).toEqual(reads);
      }
      expect(scene.snapshots().map(({ body }) => body.toString())).toEqual([
        Buffer.from(STATE).toString(),
        Buffer.from(CHANGED).toString(),
      ]);
    }),
  );

  test.concurrent('each snapshot is sent with its checksum', () =>
    inScene(async (scene) => {
      await deploy(scene, {}, { kind: 'AES256' });
      const sha256 = (body: Uint8Array) => createHash('sha256').update(body).digest('base64');
      expect(headersOf(scene, 'PUT snapshot', 'x-amz-checksum-')).toEqual([
        { 'x-amz-checksum-sha256': sha256(STATE) },
        { 'x-amz-checksum-sha256': sha256(CHANGED) },
      ]);
    }));

  test.concurrent('for a store that refuses checksums, with its MD5 alone', () =>
    inScene(async (scene) => {
      await deploy(scene, { skip_s3_checksum: 'true' }, { kind: 'AES256' });
      const md5 = (body: Uint8Array) => createHash('md5').update(body).digest('base64');
      expect(headersOf(scene, 'PUT snapshot', 'content-md5')).toEqual([
        { 'content-md5': md5(STATE) },
        { 'content-md5': md5(CHANGED) },
      ]);
      for (const name of ['PUT snapshot', 'PUT lockfile']) {
        for (const headers of headersOf(scene, name, 'x-amz-checksum-')) expect(headers).toEqual({});
      }
    }));
});

describe('acl', () => {
  test.concurrent.each([
    { acl: '', lockfile: {}, snapshot: {} },
    {
      acl: 'bucket-owner-full-control',
      lockfile: { 'x-amz-acl': 'bucket-owner-full-control' },
      snapshot: { 'x-amz-acl': 'bucket-owner-full-control' },
    },
    // Whoever may read the lockfile: snapshots are for the bucket's owner at most.
    { acl: 'public-read', lockfile: { 'x-amz-acl': 'public-read' }, snapshot: {} },
  ])(
    '"$acl" is given to the lockfile, and to snapshots only where it is for the owner',
    ({ acl, ...expected }) =>
      inScene(async (scene) => {
        await deploy(scene, { acl }, { kind: 'AES256' });
        for (const headers of headersOf(scene, 'PUT lockfile', 'x-amz-acl')) {
          expect(headers).toEqual(expected.lockfile);
        }
        expect(headersOf(scene, 'PUT snapshot', 'x-amz-acl')).toEqual([expected.snapshot, expected.snapshot]);
      }),
  );
});
