import { describe, expect, test } from '@jest/globals';
import { checksumOf, verifyChecksums } from '../../testing/s3-double/checksums.js';
import { decodePayload } from '../../testing/s3-double/payload.js';

describe('checksums', () => {
  test.each([
    ['crc32', 'cbf43926'],
    ['crc32c', 'e3069283'],
    ['crc64nvme', 'ae8b14860a799888'],
  ] as const)('%s of the usual check value', (algorithm, expected) => {
    expect(checksumOf(algorithm, Buffer.from('123456789')).toString('hex')).toBe(expected);
  });

  const headers = {
    'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
    'x-amz-decoded-content-length': '9',
    'x-amz-trailer': 'x-amz-checksum-crc32',
  };
  const framed = (trailer: string) => Buffer.from(`5\r\n12345\r\n4\r\n6789\r\n0\r\n${trailer}\r\n\r\n`);

  test('the one behind a body in chunks is verified', () => {
    const good = decodePayload(headers, framed('x-amz-checksum-crc32:y/Q5Jg=='));
    expect(good.body.toString()).toBe('123456789');
    expect(verifyChecksums(good.trailers, good.body)).toMatchObject({
      algorithm: 'crc32',
      value: 'y/Q5Jg==',
    });
    const bad = decodePayload(headers, framed('x-amz-checksum-crc32:AAAAAA=='));
    expect(() => verifyChecksums(bad.trailers, bad.body)).toThrow(/CRC32 you specified did not match/);
  });

  test.each([
    ['cut short', framed('').subarray(0, 10), /terminated unexpectedly/],
    ['without its trailer', framed('x-other:1'), /announced and not sent/],
  ])('a body %s is refused', (_, wire, reason) => {
    expect(() => decodePayload(headers, wire)).toThrow(reason);
  });
});
