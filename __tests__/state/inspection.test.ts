import { describe, expect, test } from '@jest/globals';
import { inspectState } from '../../src/state/inspection.js';
import { MAX_DEPTH, MAX_TEXT_BYTES } from '../../src/state/json-scanner.js';

const HEADER = { version: 4, terraform_version: '1.11.4', serial: 7, lineage: 'l-1' };
const RESOURCE = { mode: 'managed', type: 'a', name: 'b' };

const inspect = (state: unknown) =>
  inspectState(Buffer.from(typeof state === 'string' ? state : JSON.stringify(state)));

const addressesOf = async (...resources: object[]) => [
  ...((await inspect({ ...HEADER, resources })).resources?.keys() ?? []),
];

const fingerprintOf = async (instance: object) =>
  (await inspect({ ...HEADER, resources: [{ ...RESOURCE, instances: [instance] }] })).resources?.get('a.b');

describe('the header of a state', () => {
  test.each<[string, string, number | undefined, string[]]>([
    ['a serial', '7', 7, []],
    ['zero', '0', 0, []],
    ['the greatest exact number', '9007199254740991', 9007199254740991, []],
    [
      'beyond 2^53',
      '9007199254740993',
      undefined,
      ['The serial of the state is beyond 2^53, too large to be compared exactly.'],
    ],
    [
      '2^64 - 1',
      '18446744073709551615',
      undefined,
      ['The serial of the state is beyond 2^53, too large to be compared exactly.'],
    ],
    ['negative', '-1', undefined, ['The serial of the state is not a whole number.']],
    ['a fraction', '1.5', undefined, ['The serial of the state is not a whole number.']],
    [
      'an exponent, which Go refuses too',
      '1e3',
      undefined,
      ['The serial of the state is not a whole number.'],
    ],
    ['text', '"7"', undefined, ['The serial of the state is not a whole number.']],
    ['null', 'null', undefined, ['The serial of the state is not a whole number.']],
    ['an object', '{"a": 1}', undefined, ['The serial of the state is not a whole number.']],
  ])('its serial is read, or doubted: %s', async (_, raw, serial, doubts) => {
    const inspection = await inspect(`{"version": 4, "lineage": "x", "serial": ${raw}}`);

    expect(inspection.header.serial).toBe(serial);
    expect(inspection.doubts).toEqual(doubts);
  });

  test('a key may be written with escapes', async () => {
    const { header } = await inspect('{"version": 4, "s\\u0065rial": 3, "lineage": "\\u00e9"}');

    expect(header).toEqual({ version: 4, serial: 3, lineage: 'é', encrypted: false });
  });

  test('fields of the same names further down are no header', async () => {
    const { header } = await inspect({
      outputs: { serial: 1, version: 3 },
      ...HEADER,
      check_results: [{ lineage: 'no' }],
    });

    expect(header).toEqual({
      version: 4,
      serial: 7,
      lineage: 'l-1',
      terraformVersion: '1.11.4',
      encrypted: false,
    });
  });
});

describe('a state is doubted for every reason there is', () => {
  test.each<[string, string, string[]]>([
    ['no bytes', '', ['The state is empty.']],
    ['white space only', ' \n', ['The state is empty.']],
    ['an error page', '<html>secret</html>', ['The state is not JSON: it goes wrong at byte offset 0.']],
    ['a byte-order mark', '\uFEFF{}', ['The state is not JSON: it goes wrong at byte offset 0.']],
    [
      'an unquoted secret',
      '{"serial": hunter2}',
      ['The state is not JSON: it goes wrong at byte offset 11.'],
    ],
    [
      'cut short',
      '{"serial": 1, "lineage": "hunt',
      ['The state breaks off: its JSON is unfinished after 30 bytes.'],
    ],
    [
      'a Git merge conflict',
      '{}\n<<<<<<< HEAD',
      ['Something follows the JSON of the state, at byte offset 3.'],
    ],
    ['twice', '{}{}', ['Something follows the JSON of the state, at byte offset 2.']],
    ['a number, and more', '7,', ['Something follows the JSON of the state, at byte offset 1.']],
    [
      'nested without end',
      '['.repeat(MAX_DEPTH + 1),
      [`The JSON of the state is nested more than ${MAX_DEPTH} levels deep, at byte offset ${MAX_DEPTH}.`],
    ],
    ['a list', '[{}]', ['The state is JSON, but not an object.']],
    ['a number', '7', ['The state is JSON, but not an object.']],
    ['text', '"state"', ['The state is JSON, but not an object.']],
    [
      'an empty object',
      '{}',
      ['The state has no format version.', 'The state has no serial.', 'The state has no lineage.'],
    ],
    [
      'Terraform 0.11',
      '{"version": 3, "serial": 1, "lineage": "x"}',
      ['The state has format version 3; only version 4 is understood.'],
    ],
    [
      'version as text',
      '{"version": "4", "serial": 1, "lineage": "x"}',
      ['The format version of the state is not a whole number.'],
    ],
    ['an empty lineage', '{"version": 4, "serial": 1, "lineage": ""}', ['The state has no lineage.']],
    [
      'a lineage without an end',
      `{"version": 4, "serial": 1, "lineage": "${'x'.repeat(1_025)}"}`,
      ['The lineage of the state is too long to be one.'],
    ],
    [
      'a serial twice',
      '{"version": 4, "serial": 1, "lineage": "x", "serial": 2}',
      ['The state has the top-level key "serial" more than once.'],
    ],
    [
      'resources by name',
      '{"version": 4, "serial": 1, "lineage": "x", "resources": {}}',
      ['The resources of the state are not a list.'],
    ],
  ])('%s', async (_, body, doubts) => {
    expect((await inspect(body)).doubts).toEqual(doubts);
  });

  test('of a state that is encrypted, only what is in clear', async () => {
    const { header, doubts } = await inspect({ meta: {}, encrypted_data: 'AAAA', encryption_version: 'v0' });

    expect(header.encrypted).toBe(true);
    expect(doubts).toEqual(['The state has no serial.', 'The state has no lineage.']);
  });

  test('resources and instances that make no sense are counted', async () => {
    const instances = [
      { index_key: true },
      { index_key: [1] },
      { deposed: 1 },
      { index_key: 'x'.repeat(MAX_TEXT_BYTES) },
      7,
      null,
    ];
    const resources = [
      { ...RESOURCE, instances },
      { ...RESOURCE, mode: 'ephemeral', instances: [{}] },
      { ...RESOURCE, name: '', instances: [{}] },
      { ...RESOURCE, module: 1, instances: [{}] },
      'text',
      [],
    ];
    const { resources: read, doubts } = await inspect({ ...HEADER, resources });

    expect(read?.size).toBe(0);
    expect(doubts).toEqual(["Of the state's resources and instances, 10 have no address that makes sense."]);
  });

  test('addresses that repeat', async () => {
    const instances = [{ index_key: 0 }, { index_key: 0 }, { index_key: 1 }];
    const { resources, doubts } = await inspect({ ...HEADER, resources: [{ ...RESOURCE, instances }] });

    expect([...(resources?.keys() ?? [])]).toEqual(['a.b[0]', 'a.b[1]']);
    expect(doubts).toEqual(["Of the state's resource instances, 1 repeat another's address."]);
  });

  test('resources are unknown where there is a doubt of the whole', async () => {
    for (const body of [
      '',
      '{',
      '[]',
      '{"version": 3}',
      '{"version": 4, "resources": {}}',
      '{"version": 4, "resources": [], "resources": []}',
      '{"version": 4} x',
    ]) {
      expect(await inspect(body)).not.toHaveProperty('resources');
    }
    for (const body of [
      '{"version": 4}',
      '{"version": 4, "resources": null}',
      '{"version": 4, "resources": []}',
    ]) {
      expect((await inspect(body)).resources).toEqual(new Map());
    }
  });

  test('nothing of a broken state is quoted', async () => {
    const body = JSON.stringify({
      ...HEADER,
      resources: [{ ...RESOURCE, instances: [{ attributes: { password: 'hunter2' } }] }],
    });
    for (let end = 0; end < body.length; end++) {
      for (const broken of [body.slice(0, end), `${body.slice(0, end)}\u0001${body.slice(end)}`]) {
        expect(JSON.stringify((await inspect(broken)).doubts)).not.toMatch(/hunt|password/);
      }
    }
  });
});

describe('a resource instance has the address that Terraform shows', () => {
  test.each<[string, object, object, string]>([
    ['plain', {}, {}, 'a.b'],
    ['a data source', { mode: 'data' }, {}, 'data.a.b'],
    ['in a module', { module: 'module.x[0].module.y["k"]' }, {}, 'module.x[0].module.y["k"].a.b'],
    ['a data source in a module', { module: 'module.x', mode: 'data' }, {}, 'module.x.data.a.b'],
    ['count', {}, { index_key: 12 }, 'a.b[12]'],
    ['no key', {}, { index_key: null }, 'a.b'],
    ['for_each', {}, { index_key: 'k' }, 'a.b["k"]'],
    ['quotes and templates', {}, { index_key: '"\\${%{$' }, 'a.b["\\"\\\\$${%%{$"]'],
    [
      'what cannot be seen',
      {},
      { index_key: '\n\r\t\u0000\u00a0\u{e0001}' },
      'a.b["\\n\\r\\t\\u0000\\u00a0\\U000e0001"]',
    ],
    ['half a surrogate pair', {}, { index_key: '\ud800' }, 'a.b["\ufffd"]'],
    ['deposed', {}, { index_key: 'k', deposed: '1a2b3c4d' }, 'a.b["k"] (deposed 1a2b3c4d)'],
  ])('%s', async (_, resource, instance, address) => {
    expect(await addressesOf({ ...RESOURCE, ...resource, instances: [instance] })).toEqual([address]);
  });

  test('a resource without instances is not listed', async () => {
    expect(
      await addressesOf({ ...RESOURCE, instances: [] }, { ...RESOURCE, instances: null }, RESOURCE),
    ).toEqual([]);
  });
});

describe('the fingerprint of an instance', () => {
  test('is short, and reveals nothing', async () => {
    expect(await fingerprintOf({ attributes: { password: 'hunter2' } })).toMatch(/^[0-9a-f]{16}$/);
  });

  test.each<[string, object, object, boolean]>([
    ['a value', { attributes: { a: 1 } }, { attributes: { a: 2 } }, true],
    ['a space within a value', { attributes: { a: 'x y' } }, { attributes: { a: 'xy' } }, true],
    ['a value deep down', { attributes: { a: [{ b: null }] } }, { attributes: { a: [{ b: 0 }] } }, true],
    [
      'a value beyond the first batch',
      { attributes: { a: `${'x'.repeat(200_000)}1` } },
      { attributes: { a: `${'x'.repeat(200_000)}2` } },
      true,
    ],
    ['tainted', { attributes: {} }, { status: 'tainted', attributes: {} }, true],
    ['the old form of attributes', { attributes_flat: { a: '1' } }, { attributes: { a: '1' } }, true],
    [
      'private data, schema versions, dependencies',
      { attributes: {}, schema_version: 0 },
      { private: 'eA==', attributes: {}, schema_version: 1, identity_schema_version: 0, dependencies: ['x'] },
      false,
    ],
  ])('tells what differs from what does not: %s', async (_, one, other, differs) => {
    expect((await fingerprintOf(one)) !== (await fingerprintOf(other))).toBe(differs);
  });
});

test('a long state leaves timers their turn', async () => {
  let turns = 0;
  const timer = setInterval(() => turns++, 0);
  await inspectState(Buffer.alloc(64 * 1024 * 1024, ' '));
  clearInterval(timer);

  expect(turns).toBeGreaterThan(0);
});

test('what reading the pieces throws is thrown, and a broken state is not read to its end', async () => {
  async function* pieces(first: string) {
    yield Buffer.from(first);
    throw new Error('connection reset');
  }

  await expect(inspectState(pieces('{"a":'))).rejects.toThrow('connection reset');
  await expect(inspectState(pieces('{"a"}'))).resolves.toHaveProperty('doubts.length', 1);
});
