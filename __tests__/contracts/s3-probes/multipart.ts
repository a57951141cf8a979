import { createHash } from 'node:crypto';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  type CompleteMultipartUploadCommandInput,
  CreateMultipartUploadCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { outcome, type Probe, type ProbeContext, put, read } from './probe.js';

const PART_BYTES = 5 * 1024 * 1024;
const parts = [Buffer.alloc(PART_BYTES, 'first '), Buffer.from('second')] as const;

/** Terraform writes states above 5 MB in parts. */
export const multipart: readonly Probe[] = [
  {
    name: 'an upload in two parts is one object, with the ETag of its parts',
    expected: `200; ${PART_BYTES + 6} bytes; ETag as expected`,
    observe: async (context) => {
      const upload = await uploadParts(context, parts);
      const { ETag } = await complete(context, upload);
      const { length } = await read(context);
      const digests = parts.map((part) => createHash('md5').update(part).digest());
      const expected = `"${createHash('md5').update(Buffer.concat(digests)).digest('hex')}-2"`;
      return `200; ${length} bytes; ETag ${ETag === expected ? 'as expected' : ETag}`;
    },
  },
  {
    name: 'an upload shows nothing before it is complete',
    expected: '404 NoSuchKey',
    observe: async (context) => {
      const upload = await uploadParts(context, [Buffer.from('unfinished')]);
      const before = await read(context);
      await abort(context, upload);
      return before;
    },
  },
  {
    name: 'the end of an upload honours If-None-Match: *',
    expected: '412 PreconditionFailed; then theirs',
    observe: async (context) => {
      const upload = await uploadParts(context, [Buffer.from('mine')]);
      await put(context, 'theirs');
      const refused = await outcome(complete(context, upload, { IfNoneMatch: '*' }));
      return `${refused}; then ${await read(context)}`;
    },
  },
  {
    name: 'a part that is not the last must not be small',
    expected: '400 EntityTooSmall',
    observe: async (context) => {
      const upload = await uploadParts(context, [Buffer.from('small'), Buffer.from('last')]);
      return outcome(complete(context, upload));
    },
  },
  {
    name: 'a part with another ETag is not taken',
    expected: '400 InvalidPart',
    observe: async (context) => {
      const upload = await uploadParts(context, [Buffer.from('mine')]);
      return outcome(complete(context, { ...upload, etags: ['"00000000000000000000000000000000"'] }));
    },
  },
  {
    name: 'an upload that was aborted cannot be completed',
    expected: '404 NoSuchUpload',
    observe: async (context) => {
      const upload = await uploadParts(context, [Buffer.from('mine')]);
      await abort(context, upload);
      return outcome(complete(context, upload));
    },
  },
];

interface Upload {
  readonly id: string;
  readonly etags: readonly string[];
}

async function uploadParts(context: ProbeContext, bodies: readonly Buffer[]): Promise<Upload> {
  const { client, bucket: Bucket, key: Key } = context;
  const { UploadId: id = '' } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key }));
  const uploaded = await Promise.all(
    bodies.map((Body, index) =>
      client.send(new UploadPartCommand({ Bucket, Key, UploadId: id, PartNumber: index + 1, Body })),
    ),
  );
  return { id, etags: uploaded.map(({ ETag = '' }) => ETag) };
}

function complete(
  { client, bucket, key }: ProbeContext,
  { id, etags }: Upload,
  input: Partial<CompleteMultipartUploadCommandInput> = {},
) {
  return client.send(
    new CompleteMultipartUploadCommand({
      Bucket: bucket,
      Key: key,
      UploadId: id,
      MultipartUpload: { Parts: etags.map((ETag, index) => ({ ETag, PartNumber: index + 1 })) },
      ...input,
    }),
  );
}

function abort({ client, bucket, key }: ProbeContext, { id }: Upload) {
  return client.send(new AbortMultipartUploadCommand({ Bucket: bucket, Key: key, UploadId: id }));
}
