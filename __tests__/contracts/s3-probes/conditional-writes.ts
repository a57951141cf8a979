import { DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { etagOf, outcome, type Probe, put, read, STALE_ETAG, tally } from './probe.js';

const RACERS = 20;

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html */
export const conditionalWrites: readonly Probe[] = [
  {
    name: 'PUT If-None-Match: * creates an absent object',
    expected: '200; then "mine"',
    observe: async (context) => {
      const created = await outcome(put(context, 'mine', { IfNoneMatch: '*' }));
      return `${created}; then "${await read(context)}"`;
    },
  },
  {
    name: 'PUT If-None-Match: * leaves an existing object alone',
    expected: '412 PreconditionFailed; then "theirs"',
    observe: async (context) => {
      await put(context, 'theirs');
      const refused = await outcome(put(context, 'mine', { IfNoneMatch: '*' }));
      return `${refused}; then "${await read(context)}"`;
    },
  },
  {
    name: 'PUT If-None-Match knows no value but *',
    expected: '501 NotImplemented',
    observe: (context) => outcome(put(context, 'mine', { IfNoneMatch: STALE_ETAG })),
  },
  {
    name: 'PUT If-Match replaces the version that it names',
    expected: '200; then "new"',
    observe: async (context) => {
      const etag = await etagOf(put(context, 'old'));
      const replaced = await outcome(put(context, 'new', { IfMatch: etag }));
      return `${replaced}; then "${await read(context)}"`;
    },
  },
  {
    name: 'PUT If-Match leaves another version alone',
    expected: '412 PreconditionFailed; then "theirs"',
    observe: async (context) => {
      await put(context, 'theirs');
      const refused = await outcome(put(context, 'mine', { IfMatch: STALE_ETAG }));
      return `${refused}; then "${await read(context)}"`;
    },
  },
  {
    name: 'PUT If-Match on an absent object is refused',
    expected: '404 NoSuchKey',
    observe: (context) => outcome(put(context, 'mine', { IfMatch: STALE_ETAG })),
  },
  {
    name: `of ${RACERS} racing PUT If-None-Match: * one wins`,
    expected: `1 × 200, ${RACERS - 1} × refused`,
    observe: (context) =>
      tally(
        Array.from({ length: RACERS }, (_, racer) => put(context, `racer ${racer}`, { IfNoneMatch: '*' })),
      ),
  },
  {
    name: `of ${RACERS} racing PUT If-Match one wins`,
    expected: `1 × 200, ${RACERS - 1} × refused`,
    observe: async (context) => {
      const etag = await etagOf(put(context, 'start'));
      return tally(
        Array.from({ length: RACERS }, (_, racer) => put(context, `racer ${racer}`, { IfMatch: etag })),
      );
    },
  },
  {
    name: 'PUT If-None-Match: * creates an object where a delete marker is',
    expected: '200',
    observe: async ({ client, versionedBucket: Bucket, key: Key }) => {
      await client.send(new PutObjectCommand({ Bucket, Key, Body: 'old' }));
      await client.send(new DeleteObjectCommand({ Bucket, Key }));
      return outcome(client.send(new PutObjectCommand({ Bucket, Key, Body: 'new', IfNoneMatch: '*' })));
    },
  },
  {
    name: 'PUT If-Match where a delete marker is, is refused',
    expected: '404 NoSuchKey',
    observe: async ({ client, versionedBucket: Bucket, key: Key }) => {
      const { ETag = '' } = await client.send(new PutObjectCommand({ Bucket, Key, Body: 'old' }));
      await client.send(new DeleteObjectCommand({ Bucket, Key }));
      return outcome(client.send(new PutObjectCommand({ Bucket, Key, Body: 'new', IfMatch: ETag })));
    },
  },
];
