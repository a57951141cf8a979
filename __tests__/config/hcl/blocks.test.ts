import { describe, expect, test } from '@jest/globals';
import type { HclBlock } from '../../../src/config/hcl/body.js';
import { type Reading, readArguments, readBlocks } from '../../../src/config/hcl/hcl.js';
import { readTerraformBackends } from '../../../src/config/hcl/terraform-backends.js';
import { type HclValue, NO_SCOPE } from '../../../src/config/hcl/value.js';
import { plainArguments } from '../../../testing/hcl-forms.js';
import { textsIn } from '../../../testing/hcl-seeds.js';

const seeds = textsIn('hcl-seeds');

function read<What>(reading: Reading<What>): What {
  if (reading.kind === 'refused') throw new Error(`${reading.because} ${JSON.stringify(reading.position)}`);
  return reading.what;
}

const seed = (name: string) => seeds.get(name) ?? '';
const backendsOf = (name: string) => read(readTerraformBackends(seed(name))).backends;
const outline = ({ type, labels, position }: HclBlock) => [
  [type, ...labels].join(' '),
  position.line,
  position.column,
];

describe('of a Terraform file', () => {
  test('the backend is read, with positions, and the rest passed over', () => {
    const [backend, ...others] = backendsOf('full-s3.tf');
    expect(others).toEqual([]);
    expect(backend).toMatchObject({
      type: 'backend',
      labels: ['s3'],
      position: { line: 11, column: 3 },
      blocks: [],
    });
    expect(backend?.attributes.get('encrypt')).toEqual({
      position: { line: 15, column: 5 },
      value: { kind: 'bool', value: true },
    });
    expect([...(backend?.attributes.keys() ?? [])].slice(0, 3)).toEqual(['bucket', 'key', 'region']);
  });

  test('all backends are found, in their order', () => {
    expect(backendsOf('two-backends.tf').map(outline)).toEqual([
      ['backend s3', 2, 3],
      ['backend s3', 8, 3],
    ]);
  });

  test('a cloud block is found, with the blocks in it', () => {
    const { backends, clouds } = read(readTerraformBackends(seed('cloud.tf')));
    expect([backends, clouds.map(outline)]).toEqual([[], [['cloud', 2, 3]]]);
    expect(clouds[0]?.blocks.map(outline)).toEqual([['workspaces', 5, 5]]);
  });

  test('a block in the backend is told as one', () => {
    const [backend] = backendsOf('assume-role-block.tf');
    expect(backend?.blocks.map(outline)).toEqual([['assume_role', 6, 5]]);
    expect(backend?.attributes.has('assume_role')).toBe(false);
  });

  test.each([
    ['comments.tf', { bucket: 'b', key: 'k' }],
    ['heredocs.tf', { bucket: 'b', key: 'a/b/c\n  indented\n' }],
    ['providers.tf', { bucket: 'b', key: 'k' }],
    ['one-liners.tf', { bucket: 'only' }],
    ['partial.tf', {}],
    ['unicode.tf', { bucket: 'café-👩‍👩‍👧-日本' }],
    ['local.tf', { path: '../state/terraform.tfstate', workspace_dir: 'spaces' }],
  ])('%s', (name, values) => {
    expect(backendsOf(name).map(plainArguments)).toEqual([values]);
  });

  test('a file without any is read, too', () => {
    expect(read(readTerraformBackends('resource "x" "y" {}\n'))).toEqual({ backends: [], clouds: [] });
    expect(read(readTerraformBackends(''))).toEqual({ backends: [], clouds: [] });
  });

  test('a backend elsewhere is none', () => {
    const text =
      'backend "s3" {}\nx {\n  terraform {\n    backend "s3" {}\n  }\n}\nterraform {\n  x {\n    backend "s3" {}\n  }\n}\n';
    expect(read(readTerraformBackends(text)).backends).toEqual([]);
  });

  test.each([
    ['terraform "x" {}\n', 'This block must begin with terraform { … }.', 1, 1],
    ['terraform {\n  backend {}\n}\n', 'This block must begin with backend "<type>" { … }.', 2, 3],
    ['terraform {\n  backend "s3" "x" {}\n}\n', 'This block must begin with backend "<type>" { … }.', 2, 3],
    ['terraform {\n  cloud "x" {}\n}\n', 'This block must begin with cloud { … }.', 2, 3],
  ])('wrong labels are refused: %j', (text, because, line, column) => {
    expect(readTerraformBackends(text)).toEqual({ kind: 'refused', because, position: { line, column } });
  });
});

describe('of a file of Lokomotive', () => {
  const WANTED = { backend: 'whole', variable: 'whole', cluster: 'whole' } as const;

  test('the blocks that are asked for are read, and the others named', () => {
    const file = read(readBlocks(seed('loko.lokocfg'), WANTED));
    expect(file.blocks.map(outline)).toEqual([
      ['variable asset_dir', 1, 1],
      ['variable dns_zone', 2, 1],
      ['backend s3', 4, 1],
      ['cluster aws', 12, 1],
    ]);
    expect(file.passedOver).toEqual(new Map([['component', { line: 22, column: 1 }]]));
  });

  test('references are replaced by the values of the variables', () => {
    const references = new Map<string, HclValue>([['var.cluster_name', { kind: 'string', text: 'demo' }]]);
    const scope = { ...NO_SCOPE, references };
    const file = read(readBlocks(seed('loko.lokocfg'), { backend: 'whole' }, scope));
    const [backend] = file.blocks;
    expect(backend?.attributes.get('key')?.value).toEqual({ kind: 'string', text: 'demo/terraform.tfstate' });
    expect(backend?.attributes.get('aws_creds_path')?.value).toMatchObject({
      needs: 'function',
      name: 'pathexpand',
    });
  });

  test('arguments at the top are named among what was passed over', () => {
    const file = read(readBlocks('a = 1\nb {}\na = 2\n', WANTED));
    expect([file.attributes.size, [...file.passedOver.keys()]]).toEqual([0, ['a', 'b']]);
  });

  test('a type that every object has by itself is not asked for', () => {
    expect(read(readBlocks('constructor {}\n__proto__ {}\n', WANTED)).blocks).toEqual([]);
  });
});

describe('of a file of arguments', () => {
  test('they are read', () => {
    expect(plainArguments({ attributes: read(readArguments(seed('prod.tfbackend'))) })).toEqual({
      bucket: 'acme-state',
      key: 'prod/terraform.tfstate',
      region: 'us-east-1',
      encrypt: true,
      endpoints: { s3: 'http://127.0.0.1:9000' },
      dynamodb_table: 'locks',
    });
  });

  test('the last one needs no newline', () => {
    expect(plainArguments({ attributes: read(readArguments('a = 1 # one\r\nb = "x"')) })).toEqual({
      a: 1,
      b: 'x',
    });
  });

  test('a block is refused', () => {
    expect(readArguments('a = 1\nassume_role {\n  role_arn = "r"\n}\n')).toEqual({
      kind: 'refused',
      position: { line: 2, column: 1 },
      because:
        'Only arguments can stand here, and "assume_role" is a block. Write it as assume_role = { … }.',
    });
  });
});
