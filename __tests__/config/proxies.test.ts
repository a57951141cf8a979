import { describe, expect, test } from '@jest/globals';
import type { Environment } from '../../src/config/environment.js';
import { secretsIn } from '../../src/config/inputs.js';
import { secretsOf } from '../../src/config/secrets.js';
import { problemsOf, settingsOf } from './environment.js';

const proxiesOf = (variables: Readonly<Record<string, string>>) => settingsOf({}, variables).reach.proxies;
const base64 = (text: string) => Buffer.from(text).toString('base64');

test('without a proxy, there is nothing to go through', () => {
  expect(proxiesOf({})).toBeUndefined();
  expect(proxiesOf({ HTTPS_PROXY: ' ', NO_PROXY: '*' })).toBeUndefined();
});

test.each([
  [{ https_proxy: 'http://lower' }, { https: 'http://lower/' }],
  [{ HTTPS_PROXY: 'http://upper', https_proxy: 'http://lower' }, { https: 'http://upper/' }],
  [{ HTTPS_PROXY: '', https_proxy: 'http://lower' }, { https: 'http://lower/' }],
  [{ HTTP_PROXY: 'http://upper', http_proxy: 'http://lower' }, { http: 'http://upper/' }],
  [
    { HTTPS_PROXY: 'http://a', HTTP_PROXY: 'http://b' },
    { https: 'http://a/', http: 'http://b/' },
  ],
])('the variables are those of Terraform, in its order: %j', (variables, proxies) => {
  expect(proxiesOf(variables)).toEqual({ ...proxies, noProxy: [] });
});

test.each([
  [{ NO_PROXY: ' a.example , .B.example:8443 ,,', no_proxy: 'other' }, ['a.example', '.B.example:8443']],
  [{ no_proxy: '*' }, ['*']],
])('NO_PROXY is a list: %j', (variables, noProxy) => {
  expect(proxiesOf({ HTTPS_PROXY: 'http://proxy', ...variables })).toEqual({
    https: 'http://proxy/',
    noProxy,
  });
});

describe('an attribute goes before the environment, as in Terraform', () => {
  const ENVIRONMENT = { HTTPS_PROXY: 'http://env-s', HTTP_PROXY: 'http://env', NO_PROXY: 'env.example' };
  test.each<[readonly string[], Environment, object | undefined]>([
    [
      ['https_proxy=a', 'http_proxy=b', 'no_proxy=c.example'],
      ENVIRONMENT,
      { https: 'http://a/', http: 'http://b/', noProxy: ['c.example'] },
    ],
    [['https_proxy=a'], ENVIRONMENT, { https: 'http://a/', http: 'http://env/', noProxy: ['env.example'] }],
    [['http_proxy=b'], ENVIRONMENT, { https: 'http://env-s/', http: 'http://b/', noProxy: ['env.example'] }],
    [['no_proxy='], ENVIRONMENT, { https: 'http://env-s/', http: 'http://env/', noProxy: ['env.example'] }],
    // For https:// too, unless somebody says otherwise.
    [['http_proxy=b'], {}, { https: 'http://b/', http: 'http://b/', httpsFromHttp: true, noProxy: [] }],
    [['http_proxy=b', 'https_proxy='], {}, { http: 'http://b/', noProxy: [] }],
    // An empty text is none, and not what the environment says.
    [['https_proxy='], ENVIRONMENT, { http: 'http://env/', noProxy: ['env.example'] }],
    [['https_proxy=', 'http_proxy='], ENVIRONMENT, undefined],
    [['http_proxy='], { HTTP_PROXY: 'http://env' }, undefined],
  ])('%j, %j', (lines, variables, proxies) => {
    const { reach } = settingsOf({ backend_config: lines.join('\n') }, variables);
    expect(reach.proxies).toEqual(proxies);
  });

  test('and is refused by its place, without its text', () =>
    expect(problemsOf({ backend_config: 'https_proxy=ftp://ada:pass@x' })).toEqual([
      expect.stringMatching(
        /^"https_proxy" in line 1 of input "backend_config" must be .* got 16 characters\.$/,
      ),
    ]));
});

test.each([
  ['proxy.example.com:3128', 'http://proxy.example.com:3128/'],
  ['localhost', 'http://localhost/'],
  ['ada:secret@proxy:3128', 'http://ada:secret@proxy:3128/'],
  ['HTTP://Proxy:3128/', 'http://proxy:3128/'],
  ['https://proxy:3128', 'https://proxy:3128/'],
  ['http://[::1]:3128', 'http://[::1]:3128/'],
  ['http://ada:p%2Fq%20r@proxy', 'http://ada:p%2Fq%20r@proxy/'],
  ['http://ada:p@q:r@proxy', 'http://ada:p%40q%3Ar@proxy/'],
])('%s is a proxy', (text, https) => {
  expect(proxiesOf({ HTTPS_PROXY: text })?.https).toBe(https);
});

const FAULTY = [
  'http://ada:pass/word@proxy:3128',
  // To a parser of URLs, this is the host "ada" and its port 12.
  'http://ada:12/pass@proxy:3128',
  'ada:12/pass@proxy:3128',
  'http://ada:12?pass@proxy:3128',
  'http://ada:12#pass@proxy:3128',
  'http://ada:12\\pass@proxy:3128',
  'http://ada:pass word@proxy:3128',
  'http://ada:pass\nword@proxy:3128',
  'http://ada:100%pass@proxy:3128',
  'http://100%pass@proxy:3128',
  '"http://ada:pass@proxy:3128"',
  'http://ada:pass@proxy:port',
  'socks5://ada:pass@proxy:1080',
  'ftp://ada:pass@proxy',
  'http://ada:pass@proxy:3128/path',
  'http:///pass',
  'http://',
];

describe('a proxy that cannot be one is refused by the name of its variable', () => {
  test.each(FAULTY)('%j', (text) => {
    const expected =
      'must be the address of an HTTP proxy, such as http://proxy.example.com:3128, with special characters of a ' +
      `user name or password percent-encoded; got ${text.length} characters.`;
    for (const variable of ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy']) {
      expect(problemsOf({}, { [variable]: text })).toEqual([
        `Environment variable "${variable}" ${expected}`,
      ]);
    }
  });
});

describe('its user name and password are secrets', () => {
  test.each([
    ['http://ada:pass@proxy', ['ada', 'pass', base64('ada:pass')]],
    ['ada:pass@proxy:3128', ['ada', 'pass', base64('ada:pass')]],
    ['http://token@proxy', ['token', base64('token:')]],
    ['http://:pass@proxy', ['pass', base64(':pass')]],
    ['http://a%40b:p%2Fq@proxy', ['a%40b', 'a@b', 'p%2Fq', 'p/q', base64('a@b:p/q')]],
    ['http://ada:p^q@proxy', ['p^q', 'p%5Eq', base64('ada:p^q')]],
    ['http://ada:p@q@proxy', ['p@q', 'p%40q', base64('ada:p@q')]],
    // However they are mistyped.
    ['http://ada:pass/word@proxy', ['ada', 'pass/word', base64('ada:pass/word')]],
    ['http://ada:12/pass@proxy', ['ada', '12/pass']],
    ['http://ada:pass word@proxy', ['ada', 'pass word', 'pass%20word']],
    ['http://ada:100%@proxy', ['ada', '100%']],
    ['socks5://ada:pass@proxy', ['ada', 'pass']],
  ])('of %s', (text, secrets) => {
    for (const variable of ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy']) {
      expect(secretsIn({ [variable]: text })).toEqual(expect.arrayContaining(secrets));
    }
  });

  test('where another variable goes before it', () =>
    expect(secretsIn({ HTTPS_PROXY: 'http://proxy', https_proxy: 'http://ada:pass@proxy' })).toContain(
      'pass',
    ));

  test('of those that post goes through', () => {
    const settings = settingsOf({}, { HTTPS_PROXY: 'ada:p^q@proxy', HTTP_PROXY: 'http://token@proxy' });
    const credentials = { accessKeyId: 'id', secretAccessKey: 'key' };
    expect(secretsOf({ credentials, settings })).toEqual(
      expect.arrayContaining(['id', 'key', 'ada', 'p^q', base64('ada:p^q'), 'token']),
    );
  });

  test.each(['http://proxy:3128', 'proxy:3128', ''])('and there are none in %j', (text) =>
    expect(secretsIn({ HTTPS_PROXY: text })).toEqual([]),
  );
});
