import { describe, expect, test } from '@jest/globals';
import { formatCreated, formatLockInfo, type LockInfo, parseLockInfo } from '../../src/lock/lock-info.js';
import { lockInfo } from '../../testing/test-data.js';

const info = (text: string): LockInfo => ({
  ID: 'b0a1',
  Operation: 'lockkeeper',
  Info: text,
  Who: 'o@r',
  Version: '1.0.0',
  Created: '2026-11-22T01:15:51.12Z',
  Path: 'b/p',
});

/** What stands around the value of `Info`. */
const [BEFORE, AFTER] = [
  '{"ID":"b0a1","Operation":"lockkeeper","Info":"',
  '","Who":"o@r","Version":"1.0.0","Created":"2026-11-22T01:15:51.12Z","Path":"b/p"}',
];

const CONTROLS = Array.from({ length: 0x20 }, (_, code) => String.fromCharCode(code)).join('');

/**
 * Values of `Info`, and what `json.Marshal` of Go 1.26 made of Terraform's struct with each. OpenTofu deletes a
 * lock only if its own marshalling of it equals what is stored.
 */
const MARSHALLED: readonly (readonly [what: string, text: string, marshalled: string])[] = [
  ['plain text', 'plain', 'plain'],
  ['nothing', '', ''],
  ['what HTML reads', 'a <b> & c', 'a \\u003cb\\u003e \\u0026 c'],
  ['line separators', '\u2028|\u2029', '\\u2028|\\u2029'],
  ['quotes and slashes', '"quoted" \\ back / slash', '\\"quoted\\" \\\\ back / slash'],
  [
    'controls',
    CONTROLS,
    '\\u0000\\u0001\\u0002\\u0003\\u0004\\u0005\\u0006\\u0007\\b\\t\\n\\u000b\\f\\r\\u000e\\u000f' +
      '\\u0010\\u0011\\u0012\\u0013\\u0014\\u0015\\u0016\\u0017\\u0018\\u0019\\u001a\\u001b\\u001c\\u001d\\u001e\\u001f',
  ],
  ['controls beyond ASCII', '\u007f\u0080\u009f', '\u007f\u0080\u009f'],
  ['letters of the world', 'é ü ß 日本語', 'é ü ß 日本語'],
  ['a surrogate pair', '😀', '😀'],
  ['the replacement character', '\ufffd', '\ufffd'],
  ['a byte order mark', '\ufeff', '\ufeff'],
  ['neighbours of what is escaped', '\u2027\u202a\ufffe\uffff', '\u2027\u202a\ufffe\uffff'],
];

describe('a lock record is the text that Go would write', () => {
  test.each(MARSHALLED)('%s', (_, text, marshalled) => {
    expect(formatLockInfo(info(text))).toBe(`${BEFORE}${marshalled}${AFTER}`);
  });

  test('in every field, not in Info alone', () => {
    const everywhere = { ...info('<'), ID: '<', Operation: '<', Who: '<', Version: '<', Path: '<' };
    expect(formatLockInfo(everywhere)).toBe(
      '{"ID":"\\u003c","Operation":"\\u003c","Info":"\\u003c","Who":"\\u003c","Version":"\\u003c",' +
        '"Created":"2026-11-22T01:15:51.12Z","Path":"\\u003c"}',
    );
  });

  test('half a surrogate pair, which no Go string can hold, is replaced', () => {
    expect(formatLockInfo(info('a\ud83dz'))).toBe(`${BEFORE}a\ufffdz${AFTER}`);
  });

  test('the order of the keys is Terraform’s, whatever that of the object, and nothing else is written', () => {
    const { ID, ...others } = info('x');
    const shuffled = { Extra: 'no', ...Object.fromEntries(Object.entries(others).reverse()), ID };
    expect(formatLockInfo(shuffled as unknown as LockInfo)).toBe(`${BEFORE}x${AFTER}`);
  });

  test.each(MARSHALLED)('and read and written again it is the same: %s', (_, text) => {
    const stored = formatLockInfo(info(text));
    const parsed = parseLockInfo(stored);
    expect(parsed).toEqual(info(text));
    expect(parsed && formatLockInfo(parsed)).toBe(stored);
  });
});

describe('reading a lock record', () => {
  test.each<[string, string, Partial<LockInfo>]>([
    ['of another version, with more keys', '{"ID":"i","New":{"deep":[1]}}', { ID: 'i' }],
    ['without some keys', '{"Who":"ada@laptop"}', { Who: 'ada@laptop' }],
    ['with white space', ' {\n"ID" : "i"}\n', { ID: 'i' }],
    ['with values that are no text', '{"ID":5,"Who":null,"Path":["x"],"Info":"i"}', { Info: 'i' }],
    ['with nothing in it', '{}', {}],
  ])('%s', (_, text, fields) => {
    const nothing = { ID: '', Operation: '', Info: '', Who: '', Version: '', Created: '', Path: '' };
    expect(parseLockInfo(text)).toEqual({ ...nothing, ...fields });
  });

  test.each(['', 'not json', '{"ID":', '[]', 'null', '"text"', '5'])('%j is none', (text) => {
    expect(parseLockInfo(text)).toBeUndefined();
  });
});

/** Milliseconds, and what Go's `time.UnixMilli(…).UTC().MarshalJSON()` makes of them. */
test.each([
  [0, '1970-01-01T00:00:00Z'],
  [1, '1970-01-01T00:00:00.001Z'],
  [10, '1970-01-01T00:00:00.01Z'],
  [100, '1970-01-01T00:00:00.1Z'],
  [1_000, '1970-01-01T00:00:01Z'],
  [1_795_310_151_000, '2026-11-22T01:15:51Z'],
  [1_795_310_151_120, '2026-11-22T01:15:51.12Z'],
  [1_795_310_151_123, '2026-11-22T01:15:51.123Z'],
  [1_795_310_150_000, '2026-11-22T01:15:50Z'],
  [1_795_310_400_000, '2026-11-22T01:20:00Z'],
  [951_782_400_500, '2000-02-29T00:00:00.5Z'],
  [253_402_300_799_999, '9999-12-31T23:59:59.999Z'],
])('%d ms is %s, with no zeros at the end of its fraction', (epochMs, created) => {
  expect(formatCreated(epochMs)).toBe(created);
});

test('the record that the tests work with is one that Terraform would write', () => {
  expect(parseLockInfo(formatLockInfo(lockInfo()))).toEqual(lockInfo());
});
