import { DeleteObjectCommand, DeleteObjectsCommand } from '@aws-sdk/client-s3';
import { etagOf, outcome, type Probe, type ProbeContext, put, read, STALE_ETAG, tally } from './probe.js';

const RACERS = 10;

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-deletes.html */
export const deletes: readonly Probe[] = [
  {
    name: 'DELETE removes',
    expected: '204; then 404 NoSuchKey',
    observe: async (context) => {
      await put(context, 'mine');
      return `${await outcome(remove(context))}; then ${await read(context)}`;
    },
  },
  {
    name: 'DELETE of an absent object succeeds',
    expected: '204',
    observe: (context) => outcome(remove(context)),
  },
  {
    name: 'DELETE If-Match removes the version that it names',
    expected: '204; then 404 NoSuchKey',
    observe: async (context) => {
      const etag = await etagOf(put(context, 'mine'));
      return `${await outcome(remove(context, etag))}; then ${await read(context)}`;
    },
  },
  {
    name: 'DELETE If-Match leaves another version alone',
    expected: '412 PreconditionFailed; then theirs',
    observe: async (context) => {
      await put(context, 'theirs');
      return `${await outcome(remove(context, STALE_ETAG))}; then ${await read(context)}`;
    },
  },
  {
    name: 'DELETE If-Match of an absent object is refused',
    expected: '404 NoSuchKey',
    observe: (context) => outcome(remove(context, STALE_ETAG)),
  },
  {
    name: 'DELETE If-Match: * removes whatever is there',
    expected: '204; then 404 NoSuchKey',
    observe: async (context) => {
      await put(context, 'anything');
      return `${await outcome(remove(context, '*'))}; then ${await read(context)}`;
    },
  },
  {
    name: `of ${RACERS} racing DELETE If-Match one wins`,
    expected: `1 × 204, ${RACERS - 1} × refused`,
    observe: async (context) => {
      const etag = await etagOf(put(context, 'mine'));
      return tally(Array.from({ length: RACERS }, () => remove(context, etag)));
    },
  },
  {
    name: 'DeleteObjects deletes and says which',
    expected: 'deleted: a, absent, b; errors: none',
    observe: async (context) => {
      const { key } = context;
      await put(context, 'a', { Key: `${key}/a` });
      await put(context, 'b', { Key: `${key}/b` });
      return removeTogether(context, [{ Key: `${key}/a` }, { Key: `${key}/b` }, { Key: `${key}/absent` }]);
    },
  },
  {
    name: 'DeleteObjects leaves an object alone whose ETag is another',
    expected: 'deleted: a; errors: b PreconditionFailed',
    observe: async (context) => {
      const { key } = context;
      const etag = await etagOf(put(context, 'a', { Key: `${key}/a` }));
      await put(context, 'b', { Key: `${key}/b` });
      return removeTogether(context, [
        { Key: `${key}/a`, ETag: etag },
        { Key: `${key}/b`, ETag: STALE_ETAG },
      ]);
    },
  },
];

function remove({ client, bucket, key }: ProbeContext, ifMatch?: string) {
  return client.send(
    new DeleteObjectCommand({ Bucket: bucket, Key: key, ...(ifMatch ? { IfMatch: ifMatch } : {}) }),
  );
}

async function removeTogether(
  { client, bucket, key }: ProbeContext,
  objects: { Key: string; ETag?: string }[],
): Promise<string> {
  const { Deleted = [], Errors = [] } = await client.send(
    new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects: objects } }),
  );
  const list = (texts: string[]) =>
    texts.length === 0
      ? 'none'
      : texts
          .map((text) => text.replace(`${key}/`, ''))
          .sort()
          .join(', ');
  const errors = Errors.map((error) => `${error.Key} ${error.Code}`);
  return `deleted: ${list(Deleted.map(({ Key = '' }) => Key))}; errors: ${list(errors)}`;
}
