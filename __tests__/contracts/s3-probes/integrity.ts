import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  GetObjectCommand,
  HeadObjectCommand,
  type HeadObjectCommandInput,
  type PutObjectCommandInput,
} from '@aws-sdk/client-s3';
import { outcome, type Probe, type ProbeContext, put, read } from './probe.js';

const WRONG_CRC32 = 'AAAAAA==';

/** What arrives is what was sent, and is kept as was asked. */
export const integrity: readonly Probe[] = [
  {
    name: 'a wrong CRC32 is refused, and nothing is stored',
    expected: '400 BadDigest; then 404 NoSuchKey',
    observe: async (context) => {
      const refused = await outcome(put(context, 'state', { ChecksumCRC32: WRONG_CRC32 }));
      return `${refused}; then ${await read(context)}`;
    },
  },
  {
    name: 'a wrong SHA-256 is refused',
    expected: '400 BadDigest',
    observe: (context) =>
      outcome(put(context, 'state', { ChecksumSHA256: sha256('another state').toString('base64') })),
  },
  {
    name: 'a wrong Content-MD5 is refused',
    expected: '400 BadDigest',
    observe: (context) => outcome(put(context, 'state', { ContentMD5: md5('another state') })),
  },
  {
    name: 'a checksum is kept and given back on demand',
    expected: 'same; without demand: undefined',
    observe: async (context) => {
      const checksum = sha256('state').toString('base64');
      await put(context, 'state', { ChecksumSHA256: checksum });
      const asked = await head(context, { ChecksumMode: 'ENABLED' });
      const plain = await head(context, {});
      return `${asked.ChecksumSHA256 === checksum ? 'same' : asked.ChecksumSHA256}; without demand: ${plain.ChecksumSHA256}`;
    },
  },
  {
    name: 'a stream, sent in chunks with its checksum behind them, arrives as it was',
    expected: 'same',
    observe: async (context) => {
      const body = Buffer.alloc(300_000, 'all work and no play ');
      const client = context.connect({ requestChecksumCalculation: 'WHEN_SUPPORTED' });
      const stream = Readable.from([body.subarray(0, 100_000), body.subarray(100_000)]);
      await put({ ...context, client }, '', { Body: stream, ContentLength: body.length });
      return (await read(context)) === body.toString() ? 'same' : 'different';
    },
  },
  {
    name: 'what is not asked to be encrypted is, with AES256',
    expected: 'PUT: AES256, HEAD: AES256',
    observe: async (context) => {
      const written = await put(context, 'state');
      const stored = await head(context, {});
      return `PUT: ${written.ServerSideEncryption}, HEAD: ${stored.ServerSideEncryption}`;
    },
  },
  {
    name: 'encryption by a KMS key is reported with the key',
    expected: 'aws:kms arn:aws:kms:us-east-1:123456789012:key/state',
    observe: async (context) => {
      const SSEKMSKeyId = 'arn:aws:kms:us-east-1:123456789012:key/state';
      await put(context, 'state', { ServerSideEncryption: 'aws:kms', SSEKMSKeyId });
      const stored = await head(context, {});
      return `${stored.ServerSideEncryption} ${stored.SSEKMSKeyId}`;
    },
  },
  {
    name: "a customer's key is needed to read what was written with it",
    expected: 'with: state; without: 400 InvalidRequest; with another: 403 AccessDenied; reported: undefined',
    observe: async (context) => {
      await put(context, 'state', customerKey('mine'));
      const withKey = await read(context, customerKey('mine'));
      const without = await read(context);
      const another = await read(context, customerKey('another'));
      const { ServerSideEncryption } = await head(context, customerKey('mine'));
      return `with: ${withKey}; without: ${without}; with another: ${another}; reported: ${ServerSideEncryption}`;
    },
  },
  {
    name: "a customer's key for what was written without one",
    expected: '400 InvalidRequest',
    observe: async (context) => {
      await put(context, 'state');
      const { client, bucket: Bucket, key: Key } = context;
      return outcome(client.send(new GetObjectCommand({ Bucket, Key, ...customerKey('mine') })));
    },
  },
];

function head({ client, bucket, key }: ProbeContext, input: Partial<HeadObjectCommandInput>) {
  return client.send(new HeadObjectCommand({ Bucket: bucket, Key: key, ...input }));
}

function customerKey(
  seed: string,
): Required<Pick<PutObjectCommandInput, 'SSECustomerAlgorithm' | 'SSECustomerKey'>> {
  return { SSECustomerAlgorithm: 'AES256', SSECustomerKey: sha256(seed).toString('base64') };
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function md5(text: string): string {
  return createHash('md5').update(text).digest('base64');
}
