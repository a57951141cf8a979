import { createHash } from 'node:crypto';
import {
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadBucketCommand,
  HeadObjectCommand,
} from '@aws-sdk/client-s3';
import { etagOf, outcome, type Probe, type ProbeContext, put, read, STALE_ETAG } from './probe.js';

export const reads: readonly Probe[] = [
  {
    name: 'GET of an absent object',
    expected: '404 NoSuchKey',
    observe: (context) => outcome(get(context)),
  },
  {
    name: 'HEAD of an absent object',
    expected: '404 NotFound',
    observe: ({ client, bucket, key }) =>
      outcome(client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }))),
  },
  {
    name: 'GET in an absent bucket',
    expected: '404 NoSuchBucket',
    observe: (context) => outcome(get(context, { Bucket: `${context.bucket}-absent` })),
  },
  {
    name: 'HEAD of an absent bucket',
    expected: '404 NotFound',
    observe: ({ client, bucket }) =>
      outcome(client.send(new HeadBucketCommand({ Bucket: `${bucket}-absent` }))),
  },
  {
    name: 'the ETag is the MD5 of the body, in quotes',
    expected: 'yes',
    observe: async (context) => {
      const etag = await etagOf(put(context, 'some state'));
      return etag === `"${createHash('md5').update('some state').digest('hex')}"` ? 'yes' : `no: ${etag}`;
    },
  },
  {
    name: 'an object without a byte is kept',
    expected: '0 bytes',
    observe: async (context) => {
      await put(context, Buffer.alloc(0));
      const { ContentLength, Body } = await get(context);
      return `${ContentLength} bytes${await Body?.transformToString()}`;
    },
  },
  {
    name: 'content type and user metadata come back',
    expected: 'application/json {"holder":"a <b> & \\"c\\"","run":"17"}',
    observe: async (context) => {
      const metadata = { holder: 'a <b> & "c"', run: '17' };
      await put(context, '{}', { ContentType: 'application/json', Metadata: metadata });
      const { ContentType, Metadata = {} } = await get(context);
      const sorted = Object.fromEntries(Object.entries(Metadata).sort());
      return `${ContentType} ${JSON.stringify(sorted)}`;
    },
  },
  {
    name: 'tags come back, and their number with the object',
    expected: '2: environment=prod, team=core + more',
    observe: async (context) => {
      const { client, bucket, key } = context;
      await put(context, 'tagged', { Tagging: 'team=core%20%2B%20more&environment=prod' });
      const { TagCount } = await get(context);
      const { TagSet = [] } = await client.send(new GetObjectTaggingCommand({ Bucket: bucket, Key: key }));
      const tags = TagSet.map(({ Key, Value }) => `${Key}=${Value}`).sort();
      return `${TagCount}: ${tags.join(', ')}`;
    },
  },
  {
    name: 'a key with unusual characters is kept as it is',
    expected: 'found',
    observe: async (context) => {
      const Key = `${context.key}/env:/a b+c%2Fd&e=f?g#h'(ü)*~.tfstate`;
      await put(context, 'found', { Key });
      return read(context, { Key });
    },
  },
  {
    name: 'GET If-None-Match of the current version',
    expected: '304 NotModified',
    observe: async (context) => {
      const etag = await etagOf(put(context, 'mine'));
      return (await outcome(get(context, { IfNoneMatch: etag }))).replace(/304 .*/, '304 NotModified');
    },
  },
  {
    name: 'GET If-Match of another version',
    expected: '412 PreconditionFailed',
    observe: async (context) => {
      await put(context, 'mine');
      return outcome(get(context, { IfMatch: STALE_ETAG }));
    },
  },
  {
    name: 'LastModified is the same in GET and HEAD, to the second',
    expected: 'same, 0 ms',
    observe: async (context) => {
      const { client, bucket, key } = context;
      await put(context, 'mine');
      const { LastModified: inGet } = await get(context);
      const { LastModified: inHead } = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
      return `${inGet?.getTime() === inHead?.getTime() ? 'same' : 'different'}, ${inGet?.getMilliseconds()} ms`;
    },
  },
];

function get({ client, bucket, key }: ProbeContext, input: { [name: string]: string } = {}) {
  return client.send(new GetObjectCommand({ Bucket: bucket, Key: key, ...input }));
}
