import { expect, test } from '@jest/globals';
import { certificatesIn, trustedRoots } from '../../src/config/ca-bundle.js';
import { issueCertificate } from '../../testing/certificates.js';

const { ca, cert, key } = await issueCertificate(['s3.example.com']);
const broken = ca.replace(/\n[A-Za-z]/, '\n*');
const certificates = (text: string) => certificatesIn(Buffer.from(text)).map((pem) => pem.trim());

test('a bundle is its certificates, whatever stands beside them', () => {
  expect(certificates(`# ours\n${ca}${key}\n${broken}\n  ${cert.replaceAll('\n', '\r\n')}end`)).toEqual([
    ca.trim(),
    cert.trim().replaceAll('\n', '\r\n'),
  ]);
});

test.each([['nothing'], [''], ['no certificate', key], ['none that can be read', broken]])(
  'there is none in %s',
  (_, text = '') => expect(certificates(text)).toEqual([]),
);

test('trusted is what the file has now; nothing else is said where there is none', () => {
  const files = { read: (path: string) => (path === '/ca.pem' ? Buffer.from(ca) : undefined) };
  expect(trustedRoots({ caBundle: '/ca.pem' }, files)).toHaveLength(1);
  expect(trustedRoots({ caBundle: '/gone.pem' }, files)).toBeUndefined();
  expect(trustedRoots({}, files)).toBeUndefined();
});
