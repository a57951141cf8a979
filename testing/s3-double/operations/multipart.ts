import { randomBytes } from 'node:crypto';
import { type Checksum, checksumOf, isChecksumAlgorithm, md5, verifyChecksums } from '../checksums.js';
import { type Context, findBucket, type Handler } from '../context.js';
import { encryptionHeaders } from '../encryption.js';
import { s3Error } from '../errors.js';
import { checksumHeaders, writtenHeaders } from '../object-headers.js';
import { header } from '../request.js';
import type { Part, Upload } from '../store.js';
import { childrenNamed, childText, parseXml, renderXml, type XmlElement } from '../xml.js';
import { draftOf, writeConditionally } from './object-writes.js';

/** Of every part but the last. */
const SMALLEST_PART_BYTES = 5 * 1024 * 1024;

export const createMultipartUpload: Handler = (context) => {
  const { bucket, key, headers } = context.request;
  const draft = draftOf(context, Buffer.alloc(0));
  const uploadId = randomBytes(24).toString('base64url');
  const checksum = plannedChecksum(context);
  findBucket(context).uploads.set(uploadId, {
    key,
    initiated: context.settings.now(),
    draft,
    parts: new Map(),
    ...(checksum ? { checksum } : {}),
  });
  return {
    status: 200,
    headers: {
      ...encryptionHeaders(draft.encryption),
      'x-amz-checksum-algorithm': header(headers, 'x-amz-checksum-algorithm'),
      'x-amz-checksum-type': checksum?.type,
    },
    body: renderXml('InitiateMultipartUploadResult', { Bucket: bucket, Key: key, UploadId: uploadId }),
  };
};

export const uploadPart: Handler = (context) => {
  const { headers, body, query } = context.request;
  const { upload } = findUpload(context);
  const number = Number(query.get('partNumber'));
  if (!Number.isInteger(number) || number < 1 || number > 10_000) {
    throw s3Error('InvalidArgument', {
      ArgumentName: 'partNumber',
      ArgumentValue: query.get('partNumber') ?? '',
    });
  }
  const checksum = verifyChecksums(headers, body);
  const etag = `"${md5(body).toString('hex')}"`;
  upload.parts.set(number, { body, etag });
  return {
    status: 200,
    headers: { etag, ...encryptionHeaders(upload.draft.encryption), ...checksumHeaders(checksum) },
  };
};

export const completeMultipartUpload: Handler = (context) => {
  const { bucket, key, body } = context.request;
  const { upload, uploadId } = findUpload(context);
  const parts = chooseParts(upload, parseXml(body.toString()));
  const whole = Buffer.concat(parts.map((part) => part.body));
  const checksum = combinedChecksum(upload, parts, whole);
  const stored = writeConditionally(context, {
    ...upload.draft,
    body: whole,
    etag: `"${md5(Buffer.concat(parts.map((part) => md5(part.body)))).toString('hex')}-${parts.length}"`,
    ...(checksum ? { checksum } : {}),
  });
  findBucket(context).uploads.delete(uploadId);
  return {
    status: 200,
    headers: writtenHeaders(stored),
    body: renderXml('CompleteMultipartUploadResult', {
      Location: `/${bucket}/${key}`,
      Bucket: bucket,
      Key: key,
      ETag: stored.etag,
      ...(checksum ? { [`Checksum${checksum.algorithm.toUpperCase()}`]: checksum.value } : {}),
      ChecksumType: checksum?.type,
    }),
  };
};

export const abortMultipartUpload: Handler = (context) => {
  findBucket(context).uploads.delete(findUpload(context).uploadId);
  return { status: 204, headers: {} };
};

export const listMultipartUploads: Handler = (context) => {
  const uploads = [...findBucket(context).uploads].map(([UploadId, { key, initiated }]) => ({
    Key: key,
    UploadId,
    Initiated: initiated.toISOString(),
  }));
  const body = renderXml('ListMultipartUploadsResult', {
    Bucket: context.request.bucket,
    IsTruncated: false,
    Upload: uploads,
  });
  return { status: 200, headers: {}, body };
};

function findUpload(context: Context): { uploadId: string; upload: Upload } {
  const { key, query } = context.request;
  const uploadId = query.get('uploadId') ?? '';
  const upload = findBucket(context).uploads.get(uploadId);
  if (upload?.key !== key) throw s3Error('NoSuchUpload', { UploadId: uploadId });
  return { uploadId, upload };
}

/** The parts that the client lists, in its order, which must be ascending. */
function chooseParts(upload: Upload, document: XmlElement): Part[] {
  const listed = childrenNamed(document, 'Part').map((element) => ({
    number: Number(childText(element, 'PartNumber')),
    etag: (childText(element, 'ETag') ?? '').replaceAll('"', ''),
  }));
  if (listed.length === 0) throw s3Error('MalformedXML');
  if (listed.some(({ number }, index) => number <= (listed[index - 1]?.number ?? 0)))
    throw s3Error('InvalidPartOrder');
  return listed.map(({ number, etag }, index) => {
    const part = upload.parts.get(number);
    if (part?.etag !== `"${etag}"`) throw s3Error('InvalidPart', { PartNumber: String(number), ETag: etag });
    const isLast = index === listed.length - 1;
    if (!isLast && part.body.length < SMALLEST_PART_BYTES) {
      throw s3Error('EntityTooSmall', { PartNumber: String(number), ProposedSize: String(part.body.length) });
    }
    return part;
  });
}

function plannedChecksum({ request: { headers } }: Context): Upload['checksum'] {
  const algorithm = header(headers, 'x-amz-checksum-algorithm')?.toLowerCase();
  if (!algorithm) return undefined;
  if (!isChecksumAlgorithm(algorithm)) throw s3Error('InvalidRequest', { ArgumentValue: algorithm });
  const full = algorithm === 'crc64nvme' || header(headers, 'x-amz-checksum-type') === 'FULL_OBJECT';
  return { algorithm, type: full ? 'FULL_OBJECT' : 'COMPOSITE' };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html#full-object-checksums */
function combinedChecksum(upload: Upload, parts: readonly Part[], whole: Buffer): Checksum | undefined {
  if (!upload.checksum) return undefined;
  const { algorithm, type } = upload.checksum;
  if (type === 'FULL_OBJECT')
    return { algorithm, type, value: checksumOf(algorithm, whole).toString('base64') };
  const ofParts = Buffer.concat(parts.map((part) => checksumOf(algorithm, part.body)));
  return { algorithm, type, value: `${checksumOf(algorithm, ofParts).toString('base64')}-${parts.length}` };
}
