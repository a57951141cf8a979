import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { s3Error } from './errors.js';

/** The checksums that Lockkeeper, its SDK and Terraform send in `x-amz-checksum-…`. S3 knows more. */
const algorithms = {
  crc32: (data) => bigEndian(crc32(data)),
  sha256: (data) => createHash('sha256').update(data).digest(),
} satisfies Record<string, (data: Buffer) => Buffer>;

type ChecksumAlgorithm = keyof typeof algorithms;

/** What S3 keeps beside the object. */
export interface Checksum {
  readonly algorithm: ChecksumAlgorithm;
  /** Base64. */
  readonly value: string;
}

export function md5(data: Buffer): Buffer {
  return createHash('md5').update(data).digest();
}

/**
 * Compares the body with every checksum that the client sent, in headers or trailers.
 *
 * @returns the additional checksum, if there was one
 * @throws S3Error `BadDigest`, `InvalidDigest`
 */
export function verifyChecksums(
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
  body: Buffer,
): Checksum | undefined {
  const contentMd5 = headers['content-md5'];
  if (typeof contentMd5 === 'string') verifyContentMd5(contentMd5, body);
  for (const algorithm of Object.keys(algorithms) as ChecksumAlgorithm[]) {
    const value = headers[`x-amz-checksum-${algorithm}`];
    if (typeof value !== 'string') continue;
    if (algorithms[algorithm](body).toString('base64') !== value) {
      const message = `The ${algorithm.toUpperCase()} you specified did not match the calculated checksum.`;
      throw s3Error('BadDigest', {}, { message });
    }
    return { algorithm, value };
  }
  return undefined;
}

function verifyContentMd5(value: string, body: Buffer): void {
  const given = Buffer.from(value, 'base64');
  if (given.length !== 16) throw s3Error('InvalidDigest', { 'Content-MD5': value });
  const calculated = md5(body);
  if (!given.equals(calculated)) {
    throw s3Error('BadDigest', { ExpectedDigest: value, CalculatedDigest: calculated.toString('base64') });
  }
}

function bigEndian(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
