import { CopyObjectCommand, type CopyObjectCommandInput, HeadObjectCommand } from '@aws-sdk/client-s3';
import { etagOf, outcome, type Probe, type ProbeContext, put, read, STALE_ETAG } from './probe.js';

/** Every probe copies its own key to `<key>.copy`. */
export const copies: readonly Probe[] = [
  {
    name: 'a copy has the bytes, the content type and the metadata',
    expected: 'state application/json serial=7',
    observe: async (context) => {
      await put(context, 'state', { ContentType: 'application/json', Metadata: { serial: '7' } });
      await copy(context);
      const { ContentType, Metadata } = await headCopy(context);
      return `${await readCopy(context)} ${ContentType} serial=${Metadata?.['serial']}`;
    },
  },
  {
    name: 'a copy with directive REPLACE has the metadata of the request',
    expected: 'text/plain serial=undefined phase=before',
    observe: async (context) => {
      await put(context, 'state', { ContentType: 'application/json', Metadata: { serial: '7' } });
      await copy(context, {
        MetadataDirective: 'REPLACE',
        ContentType: 'text/plain',
        Metadata: { phase: 'before' },
      });
      const { ContentType, Metadata } = await headCopy(context);
      return `${ContentType} serial=${Metadata?.['serial']} phase=${Metadata?.['phase']}`;
    },
  },
  {
    name: 'a copy if the source is still the version named',
    expected: '200; then state',
    observe: async (context) => {
      const etag = await etagOf(put(context, 'state'));
      const copied = await outcome(copy(context, { CopySourceIfMatch: etag }));
      return `${copied}; then ${await readCopy(context)}`;
    },
  },
  {
    name: 'no copy if the source is another version',
    expected: '412 PreconditionFailed; then 404 NoSuchKey',
    observe: async (context) => {
      await put(context, 'state');
      const refused = await outcome(copy(context, { CopySourceIfMatch: STALE_ETAG }));
      return `${refused}; then ${await readCopy(context)}`;
    },
  },
  {
    name: 'copy If-None-Match: * leaves an existing object alone',
    expected: '412 PreconditionFailed; then earlier',
    observe: async (context) => {
      await put(context, 'state');
      await put(context, 'earlier', { Key: copyKey(context) });
      const refused = await outcome(copy(context, { IfNoneMatch: '*' }));
      return `${refused}; then ${await readCopy(context)}`;
    },
  },
  {
    name: 'copy of an absent object',
    expected: '404 NoSuchKey',
    observe: (context) => outcome(copy(context)),
  },
];

function copyKey({ key }: ProbeContext): string {
  return `${key}.copy`;
}

function copy(context: ProbeContext, input: Partial<CopyObjectCommandInput> = {}) {
  const { client, bucket, key } = context;
  const CopySource = `${bucket}/${key}`;
  return client.send(new CopyObjectCommand({ Bucket: bucket, Key: copyKey(context), CopySource, ...input }));
}

function headCopy(context: ProbeContext) {
  return context.client.send(new HeadObjectCommand({ Bucket: context.bucket, Key: copyKey(context) }));
}

function readCopy(context: ProbeContext): Promise<string> {
  return read(context, { Key: copyKey(context) });
}
