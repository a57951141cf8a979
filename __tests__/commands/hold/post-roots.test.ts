import { expect, test } from '@jest/globals';
import { postRoots } from '../../../src/commands/hold/post-roots.js';
import { issueCertificate } from '../../../testing/certificates.js';

const { ca } = await issueCertificate(['s3.example.com']);

function rootsWith(caBundle: string | undefined, file: string | undefined) {
  const lines: string[] = [];
  const files = { read: () => (file === undefined ? undefined : Buffer.from(file)) };
  return {
    roots: postRoots({ caBundle }, { files, report: { info: (line) => lines.push(line) } }),
    lines,
  };
}

test('post trusts what main trusted', () =>
  expect(rootsWith('/ca.pem', ca)).toEqual({ roots: [ca.trim()], lines: [] }));

test.each([[undefined], ['']])(
  'post says so where that is gone, and trusts whom Node.js trusts (%j)',
  (file) =>
    expect(rootsWith('/ca.pem', file)).toEqual({
      roots: undefined,
      lines: [
        'The certificates in /ca.pem, which the main step trusted, cannot be read any more. This step trusts those of Node.js instead.',
      ],
    }),
);

test('post says nothing where main trusted whom Node.js trusts', () =>
  expect(rootsWith(undefined, undefined)).toEqual({ roots: undefined, lines: [] }));
