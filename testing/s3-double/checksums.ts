import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { s3Error } from './errors.js';

/** The additional checksums of S3, as they stand in `x-amz-checksum-…`. */
const algorithms = {
  crc32: (data) => bigEndian(crc32(data)),
  crc32c: (data) => bigEndian(crc32c(data)),
  crc64nvme: (data) => crc64nvme(data),
  sha1: (data) => createHash('sha1').update(data).digest(),
  sha256: (data) => createHash('sha256').update(data).digest(),
} satisfies Record<string, (data: Buffer) => Buffer>;

export type ChecksumAlgorithm = keyof typeof algorithms;

/** What S3 keeps beside the object. */
export interface Checksum {
  readonly algorithm: ChecksumAlgorithm;
  /** Base64; for a composite one, followed by `-<number of parts>`. */
  readonly value: string;
  readonly type: 'FULL_OBJECT' | 'COMPOSITE';
}

export function isChecksumAlgorithm(name: string): name is ChecksumAlgorithm {
  return Object.hasOwn(algorithms, name);
}

export function checksumOf(algorithm: ChecksumAlgorithm, data: Buffer): Buffer {
  return algorithms[algorithm](data);
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
  for (const algorithm of Object.keys(algorithms).filter(isChecksumAlgorithm)) {
    const value = headers[`x-amz-checksum-${algorithm}`];
    if (typeof value !== 'string') continue;
    if (checksumOf(algorithm, body).toString('base64') !== value) {
      const message = `The ${algorithm.toUpperCase()} you specified did not match the calculated checksum.`;
      throw s3Error('BadDigest', {}, { message });
    }
    return { algorithm, value, type: 'FULL_OBJECT' };
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

const CRC32C_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0x82f63b78 : value >>> 1;
  return value >>> 0;
});

function crc32c(data: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of data) crc = (CRC32C_TABLE[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

const CRC64NVME_TABLE = BigUint64Array.from({ length: 256 }, (_, byte) => {
  let value = BigInt(byte);
  for (let bit = 0; bit < 8; bit++) value = value & 1n ? (value >> 1n) ^ 0x9a6c9329ac4bc9b5n : value >> 1n;
  return value;
});

/** Slow (BigInt), which is good enough: no client here sends it unless a test asks for it. */
function crc64nvme(data: Buffer): Buffer {
  let crc = 0xffffffffffffffffn;
  for (const byte of data) crc = (CRC64NVME_TABLE[Number(crc & 0xffn) ^ byte] ?? 0n) ^ (crc >> 8n);
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(crc ^ 0xffffffffffffffffn);
  return bytes;
}
