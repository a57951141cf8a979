import { describe, expect, test } from '@jest/globals';
import { isExempt } from '../../../src/stores/aws/no-proxy.js';

const BUCKET_HOST = 'state.s3.us-east-1.amazonaws.com';

/** What `golang.org/x/net/http/httpproxy` says of the same. */
const TABLE: readonly (readonly [entry: string, host: string, port: number, exempt: boolean])[] = [
  ['*', 'example.com', 443, true],
  ['', 'example.com', 443, false],
  [':443', 'example.com', 443, false],
  ['example.com', 'example.com', 443, true],
  ['example.com', 'EXAMPLE.com', 443, true],
  ['EXAMPLE.com', 'example.com', 443, true],
  ['example.com', 'a.b.example.com', 443, true],
  ['example.com', 'notexample.com', 443, false],
  ['.example.com', 'a.example.com', 443, true],
  ['.example.com', 'example.com', 443, false],
  ['*.example.com', 'a.example.com', 443, true],
  ['*.example.com', 'example.com', 443, false],
  ['a*.example.com', 'ab.example.com', 443, false],
  ['example.com:443', 'example.com', 443, true],
  ['example.com:443', 'a.example.com', 443, true],
  ['example.com:443', 'example.com', 8443, false],
  ['example.com:', 'example.com', 8443, true],
  ['amazonaws.com', BUCKET_HOST, 443, true],
  ['s3.us-east-1.amazonaws.com', BUCKET_HOST, 443, true],
  [BUCKET_HOST, 's3.us-east-1.amazonaws.com', 443, false],
  ['10.1.2.3', '10.1.2.3', 9000, true],
  ['10.1.2.3', '10.1.2.30', 9000, false],
  ['10.1.2.3:9000', '10.1.2.3', 9000, true],
  ['10.1.2.3:9000', '10.1.2.3', 9001, false],
  ['10.1.0.0/16', '10.1.2.3', 9000, true],
  ['10.1.0.0/16', '10.2.2.3', 9000, false],
  ['10.1.0.0/33', '10.1.2.3', 9000, false],
  ['10.1.0.0/', '10.1.2.3', 9000, false],
  ['0.0.0.0/0', 'example.com', 443, false],
  ['0.0.0.0/0', '10.1.2.3', 443, true],
  ['.3', '10.1.2.3', 443, false],
  ['fd00::1', 'fd00::1', 443, true],
  ['fd00::1', 'fd00:0:0::1', 443, true],
  ['[fd00::1]:443', 'fd00::1', 443, true],
  ['[fd00::1]:443', 'fd00::1', 8443, false],
  ['[fd00::1]', 'fd00::1', 443, false],
  ['fd00::/8', 'fd12::1', 443, true],
  ['fd00::/8', 'fe80::1', 443, false],
  ['10.1.2.3', '::ffff:10.1.2.3', 443, true],
  ['10.1.0.0/16', '::ffff:10.1.2.3', 443, true],
  ['::/0', '10.1.2.3', 443, false],
  ['/', 'example.com', 443, false],
  ['http://example.com', 'example.com', 443, false],
];

describe('NO_PROXY means what it means to Terraform', () => {
  test.each(TABLE)('%j and %s:%d: %s', (entry, host, port, exempt) =>
    expect(isExempt({ host, port }, [entry])).toBe(exempt),
  );

  test('one entry of several is enough', () =>
    expect(isExempt({ host: 'b', port: 1 }, ['a', 'b', 'c'])).toBe(true));
});

describe('the machine itself is never reached through a proxy', () => {
  test.each(['localhost', '127.0.0.1', '127.8.8.8', '::1'])('%s', (host) =>
    expect(isExempt({ host, port: 9000 }, [])).toBe(true),
  );
  test.each(['localhost.example.com', 's3.localhost', '128.0.0.1', '::2'])('but %s is another', (host) =>
    expect(isExempt({ host, port: 9000 }, [])).toBe(false),
  );
});
