import { describe, expect, test } from '@jest/globals';
import { type JsonListener, JsonScanner, MAX_DEPTH, type ScanResult } from '../../src/state/json-scanner.js';

/** Scans `text` in pieces of `size` bytes, and builds the value again from what the listener is told. */
function scan(
  text: string | Uint8Array,
  size: number,
): { result: ScanResult; value: unknown; recorded: string } {
  const stack: { object: boolean; items: unknown[] }[] = [{ object: false, items: [] }];
  const recorded: number[] = [];
  const top = () => stack[stack.length - 1] as (typeof stack)[number];
  const listener: JsonListener = {
    wantsText: true,
    open: (bracket) => stack.push({ object: bracket === '{', items: [] }),
    close() {
      const { object, items } = stack.pop() as (typeof stack)[number];
      const pairs = items.flatMap((item, index) => (index % 2 === 0 ? [[item, items[index + 1]]] : []));
      top().items.push(object ? Object.fromEntries(pairs) : items);
    },
    key: (name) => top().items.push(name),
    scalar: (raw) => top().items.push(JSON.parse(raw ?? 'null')),
  };
  const scanner = new JsonScanner(listener, { recording: true, push: (byte) => recorded.push(byte) });
  const bytes = Buffer.from(text);
  for (let start = 0; start < bytes.length; start += size) {
    if (!scanner.write(bytes.subarray(start, start + size))) break;
  }
  return { result: scanner.end(), value: top().items[0], recorded: Buffer.from(recorded).toString() };
}

const VALID = [
  '{}',
  '[]',
  ' [ ] ',
  '{"a":{"b":[1,2,{"c":null}]}}',
  '[true,false,null]',
  'true',
  ' null ',
  '"x"',
  '0',
  '-0',
  '-1.5e+10',
  '12',
  '1.25',
  '1E5',
  '1e-5 ',
  '[0,1.0,-2e3]',
  '{"a":0}',
  '{"a":1.5,"b":2e2}',
  '"\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\uD83D\\uDE00"',
  '"日本 é 😀"',
  '[[[[]]]]',
  '{"":""}',
  '[\n\t1 ,\r2\n]',
  '{"a" : "b c" }',
  '[1 ]',
  '{"a":1 }',
  '"a b"',
];

const INVALID = [
  '{',
  '[',
  '"',
  '"a',
  '{"a"',
  '{"a":',
  '{"a":1',
  '{"a":1,',
  '[1,',
  '-',
  '1.',
  '1e',
  '1e+',
  't',
  'tru',
  'nul',
  '"\\',
  '"\\u00e',
  '{]',
  '[}',
  '[1}',
  '{"a":1]',
  '{,}',
  '[,]',
  '[1,]',
  '{"a":1,}',
  '{"a" 1}',
  '{a:1}',
  "{'a':1}",
  '[1 2]',
  '["a" "b"]',
  '01',
  '[01]',
  '+1',
  '.5',
  '[-]',
  '[1.e1]',
  '1.5.5',
  '1e5e5',
  '--1',
  'True',
  'truee',
  'nulll',
  'NaN',
  'Infinity',
  '"\\x"',
  '"\\u00g0"',
  '"\t"',
  '"\n"',
  '"\u0000"',
  '\uFEFF1',
  '//x\n1',
  '1 2',
  '{}}',
  '[]]',
  '{}[]',
  '"a"b',
  ',',
  ':',
  ']',
  '}',
  '',
  ' ',
  '\u00a01',
  '[1\u000b]',
  '{"a":}',
  '{"a":1 "b":2}',
  '{1:2}',
  '{"a"::1}',
  '[tru]',
  '[nul,1]',
  '{null:1}',
  '{"a",1}',
];

const acceptedByNode = (text: string) => {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
};

describe('the JSON scanner', () => {
  test.each(VALID)('reads %j', (text) => {
    for (const size of [1, 2, 1_000]) {
      const { result, value, recorded } = scan(text, size);
      expect(result).toEqual({ kind: 'complete' });
      expect(value).toEqual(JSON.parse(text));
      expect(JSON.parse(recorded)).toEqual(JSON.parse(text));
    }
  });

  test.each(INVALID)('refuses %j', (text) => {
    expect(acceptedByNode(text)).toBeUndefined();
    for (const size of [1, 2, 1_000]) expect(scan(text, size).result.kind).not.toBe('complete');
  });

  test('agrees with JSON.parse on documents with a byte changed', () => {
    const document = '{"a":[1,-2.5e3,true,null,"x\\u00e9\\n"],"b":{"c":false,"d":{}} , "e":[]}';
    const bytes = [...'{}[],:"\\07-.etnu \né'];
    const disagreements: string[] = [];
    for (let at = 0; at <= document.length; at++) {
      const [before, after] = [document.slice(0, at), document.slice(at + 1)];
      const inserted = bytes.flatMap((byte) => [before + byte + after, before + byte + document.slice(at)]);
      for (const changed of [before + after, ...inserted]) {
        const { result, value } = scan(changed, 5);
        const read = result.kind === 'complete' ? JSON.stringify({ value }) : undefined;
        if (read !== JSON.stringify(acceptedByNode(changed))) disagreements.push(changed);
      }
    }

    expect(disagreements).toEqual([]);
  });

  test('white space between tokens is not recorded, within strings it is', () => {
    expect(scan('{ "a b" :\n[ 1 , "c  d" ] }\n', 3).recorded).toBe('{"a b":[1,"c  d"]}');
  });

  test('bytes that are not UTF-8 pass, as in Go', () => {
    expect(scan(Buffer.from([0x22, 0xff, 0x22]), 1)).toMatchObject({
      result: { kind: 'complete' },
      value: '\ufffd',
    });
  });

  test('nests as deep as Go allows', () => {
    expect(scan(`${'['.repeat(MAX_DEPTH)}${']'.repeat(MAX_DEPTH)}`, 1_000).result).toEqual({
      kind: 'complete',
    });
    expect(scan(`${'['.repeat(MAX_DEPTH)}:`, 1_000).result).toEqual({ kind: 'invalid', offset: MAX_DEPTH });
  });
});
