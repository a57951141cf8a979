import { describe, expect, test } from '@jest/globals';
import type { Settings } from '../../src/config/settings.js';
import { reachLine, tellReach } from '../../src/words/reach.js';
import { testSettings } from '../../testing/test-data.js';

type Differences = Parameters<typeof testSettings>[0];

test('where AWS is reached as usual, nothing is said of it', () =>
  expect(reachLine(testSettings())).toBeUndefined());

test('how it is reached is one line', () => {
  const reach = { fips: true, dualstack: true, caBundle: '/ca.pem', retryMode: 'adaptive' } as const;
  expect(reachLine(testSettings({ reach }))).toBe(
    'AWS: FIPS endpoints, dual-stack endpoints, trusting /ca.pem alone, retry_mode adaptive',
  );
});

function told(differences: Differences): string[] {
  const lines: string[] = [];
  const warning = (title: string, message: string) => lines.push(`${title}: ${message}`);
  tellReach({ warning }, testSettings(differences) as Settings);
  return lines;
}

describe('an endpoint that is used as it stands', () => {
  const AT = 'https://store.example.com';
  test.each<[Differences, string]>([
    [
      { reach: { fips: true }, backend: { s3Endpoint: AT }, backup: { s3Endpoint: `${AT}/` } },
      'for S3 is used as it stands, without "use_fips_endpoint".',
    ],
    [
      { reach: { fips: true, dualstack: true }, backend: { dynamodbEndpoint: AT } },
      'for DynamoDB is used as it stands, without "use_fips_endpoint" and "use_dualstack_endpoint".',
    ],
    [
      { reach: { dualstack: true }, backup: { s3Endpoint: AT } },
      'for the S3 of the snapshots is used as it stands, without "use_dualstack_endpoint".',
    ],
  ])('%j', (differences, words) => {
    expect(told(differences)).toEqual([
      `Endpoint as it stands: The endpoint that is given ${words} So does Terraform; OpenTofu refuses the two together.`,
    ]);
  });

  test.each<[Differences]>([
    [{ backend: { s3Endpoint: AT } }],
    [{ reach: { fips: true } }],
    [{ reach: { fips: true }, backend: { dynamodbEndpoint: AT }, locking: { lock: { kind: 'lockfile' } } }],
  ])('is not told where nothing else was asked for: %j', (differences) =>
    expect(told(differences)).toEqual([]),
  );
});

test('a proxy for http:// that serves https:// is told, for OpenTofu has none then', () => {
  const proxies = { https: 'http://p/', http: 'http://p/', noProxy: [] };
  expect(told({ reach: { proxies } })).toEqual([]);
  expect(told({ reach: { proxies: { ...proxies, httpsFromHttp: true } } })).toEqual([
    expect.stringContaining('Proxy for https: '),
  ]);
});
