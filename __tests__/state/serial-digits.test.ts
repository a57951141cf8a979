import { describe, expect, test } from '@jest/globals';
import { isSameButSerial, withSerial } from '../../src/state/serial-digits.js';
import { stateBody } from '../../testing/test-data.js';

const text = (body: Uint8Array) => Buffer.from(body).toString();
const raised = (json: string, serial: number) => text(withSerial(Buffer.from(json), serial));

describe('another serial', () => {
  test('changes its digits, and no other byte', () => {
    const body = stateBody({ serial: 41 });
    expect(text(withSerial(body, 1_042))).toBe(text(body).replace('"serial": 41,', '"serial": 1042,'));
    expect(Buffer.from(withSerial(body, 1_042)).length).toBe(body.length + 2);
  });

  test.each([
    ['{"serial":7}', '{"serial":12}'],
    ['{"serial" : 7 , "version":4}', '{"serial" : 12 , "version":4}'],
    ['{"serial":\n\t7\n}', '{"serial":\n\t12\n}'],
    // Keys of the same name that are not the state's.
    ['{"outputs":{"serial":1},"serial":7}', '{"outputs":{"serial":1},"serial":12}'],
    ['{"resources":[{"serial":1}],"serial":7}', '{"resources":[{"serial":1}],"serial":12}'],
    ['{"lineage":"\\"serial\\":1","serial":7}', '{"lineage":"\\"serial\\":1","serial":12}'],
    ['{"s\\u0065rial":7}', '{"s\\u0065rial":12}'],
    // Bytes count, not characters.
    ['{"a":"ü€😀","serial":7,"b":"ü"}', '{"a":"ü€😀","serial":12,"b":"ü"}'],
  ])('in %j', (before, after) => expect(raised(before, 12)).toBe(after));

  test('wherever it stands, also across what is read at once', () => {
    for (const before of [65_520, 65_526, 65_530, 65_535, 65_536, 200_000]) {
      const long = (serial: number) => `{"a":"${'x'.repeat(before)}","serial":${serial},"b":1}`;
      expect(raised(long(123_456), 7)).toBe(long(7));
    }
  });

  test('leaves bytes alone that are not UTF-8', () => {
    const body = Buffer.concat([
      Buffer.from('{"a":"'),
      Buffer.from([0xff, 0xc3]),
      Buffer.from('","serial":7}'),
    ]);
    const after = Buffer.from(withSerial(body, 8));
    expect(after.subarray(0, -2)).toEqual(body.subarray(0, -2));
    expect(after.subarray(-2).toString()).toBe('8}');
  });

  test.each(['{}', '{"a":{"serial":7}}', '[7]', ''])('cannot be given to %j', (json) =>
    expect(() => raised(json, 8)).toThrow('The state has no serial.'),
  );
});

describe('two states are the same but for the serial', () => {
  const body = stateBody({ serial: 9 });
  test.each([9, 10, 1_000_000])('of which one has %d', (serial) =>
    expect(isSameButSerial(body, withSerial(body, serial))).toBe(true),
  );
  test('and not if anything else differs', () => {
    expect(isSameButSerial(body, stateBody({ serial: 9, values: { greeting: 'hellO' } }))).toBe(false);
    expect(isSameButSerial(body, stateBody({ serial: 9, lineage: 'other' }))).toBe(false);
    expect(isSameButSerial(Buffer.from('{"serial":1}'), Buffer.from('{"serial":1} '))).toBe(false);
  });
});
