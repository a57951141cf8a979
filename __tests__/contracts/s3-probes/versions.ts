import {
  DeleteObjectCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { outcome, type Probe, type ProbeContext, put } from './probe.js';

export const versions: readonly Probe[] = [
  {
    name: 'a bucket says whether it is versioned',
    expected: 'Enabled, undefined',
    observe: async ({ client, versionedBucket, bucket }) => {
      const versioned = await client.send(new GetBucketVersioningCommand({ Bucket: versionedBucket }));
      const plain = await client.send(new GetBucketVersioningCommand({ Bucket: bucket }));
      return `${versioned.Status}, ${plain.Status}`;
    },
  },
  {
    name: 'without versioning there is no version id',
    expected: 'undefined',
    observe: async (context) => String((await put(context, 'one')).VersionId),
  },
  {
    name: 'an overwritten version can still be read',
    expected: 'one, two',
    observe: async (context) => {
      const first = await putVersion(context, 'one');
      const second = await putVersion(context, 'two');
      return `${await readVersion(context, first)}, ${await readVersion(context, second)}`;
    },
  },
  {
    name: 'a DELETE hides the object behind a marker and keeps its versions',
    expected: '404 NoSuchKey, marker true, then one',
    observe: async (context) => {
      const version = await putVersion(context, 'one');
      const { DeleteMarker } = await deleteVersion(context);
      const hidden = await outcome(getVersion(context));
      return `${hidden}, marker ${DeleteMarker}, then ${await readVersion(context, version)}`;
    },
  },
  {
    name: 'GET of a delete marker by its id',
    expected: '405 MethodNotAllowed',
    observe: async (context) => {
      await putVersion(context, 'one');
      const { VersionId } = await deleteVersion(context);
      return outcome(getVersion(context, VersionId));
    },
  },
  {
    name: 'the versions of a key are listed from the newest to the oldest',
    expected: 'marker (latest), two, one',
    observe: async (context) => {
      const names = new Map<string | undefined, string>();
      names.set(await putVersion(context, 'one'), 'one');
      names.set(await putVersion(context, 'two'), 'two');
      names.set((await deleteVersion(context)).VersionId, 'marker');
      const { Versions = [], DeleteMarkers = [] } = await listVersions(context);
      return [...DeleteMarkers, ...Versions]
        .map(({ VersionId, IsLatest }) => `${names.get(VersionId)}${IsLatest ? ' (latest)' : ''}`)
        .join(', ');
    },
  },
  {
    name: 'a version that is deleted by its id is gone, and the one before it is current',
    expected: 'one; 404 NoSuchVersion',
    observe: async (context) => {
      await putVersion(context, 'one');
      const second = await putVersion(context, 'two');
      await deleteVersion(context, second);
      return `${await readVersion(context)}; ${await outcome(getVersion(context, second))}`;
    },
  },
  {
    name: 'a DELETE of the marker brings the object back',
    expected: 'one',
    observe: async (context) => {
      await putVersion(context, 'one');
      const { VersionId } = await deleteVersion(context);
      await deleteVersion(context, VersionId);
      return readVersion(context);
    },
  },
];

async function putVersion({ client, versionedBucket, key }: ProbeContext, body: string): Promise<string> {
  const written = await client.send(new PutObjectCommand({ Bucket: versionedBucket, Key: key, Body: body }));
  return written.VersionId ?? 'no version id';
}

function getVersion({ client, versionedBucket, key }: ProbeContext, versionId?: string) {
  return client.send(
    new GetObjectCommand({
      Bucket: versionedBucket,
      Key: key,
      ...(versionId ? { VersionId: versionId } : {}),
    }),
  );
}

async function readVersion(context: ProbeContext, versionId?: string): Promise<string> {
  const { Body } = await getVersion(context, versionId);
  return (await Body?.transformToString()) ?? '';
}

function deleteVersion({ client, versionedBucket, key }: ProbeContext, versionId?: string) {
  return client.send(
    new DeleteObjectCommand({
      Bucket: versionedBucket,
      Key: key,
      ...(versionId ? { VersionId: versionId } : {}),
    }),
  );
}

function listVersions({ client, versionedBucket, key }: ProbeContext) {
  return client.send(new ListObjectVersionsCommand({ Bucket: versionedBucket, Prefix: key }));
}
