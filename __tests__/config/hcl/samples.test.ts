import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { readTerraformBackends } from '../../../src/config/hcl/terraform-backends.js';
import { plainArguments } from '../../../testing/hcl-forms.js';
import { textsIn } from '../../../testing/hcl-seeds.js';

const expected: Record<string, Record<string, unknown>> = JSON.parse(
  readFileSync(new URL('../../data/hcl-samples/expected.json', import.meta.url), 'utf8'),
);

/** What is not read, by what `expected.json` calls it. */
const NOT_READ: Record<string, unknown> = {
  func: { bucket: { kind: 'unknown', needs: 'function', name: 'lower', position: { line: 3, column: 10 } } },
  dup: {
    kind: 'refused',
    position: { line: 4, column: 1 },
    because: 'The argument "bucket" is set already at line 3, column 1. Each may be set only once.',
  },
  syntax: {
    kind: 'refused',
    position: { line: 3, column: 13 },
    because: 'A string in quotes must end on the line that it begins on.',
  },
};

describe('each sample has the values that Terraform reads', () => {
  test.each([...textsIn('hcl-samples')])('%s', (name, text) => {
    const { error, ...values } = expected[name] as Record<string, unknown>;
    const reading = readTerraformBackends(text);
    if (error === undefined) expect(argumentsOf(reading)).toEqual(values);
    else if (error === 'func') expect(valuesOf(reading)).toEqual(NOT_READ['func']);
    else expect(reading).toEqual(NOT_READ[error as string]);
  });

  test('none is left out', () => {
    expect([...textsIn('hcl-samples').keys()].sort()).toEqual(Object.keys(expected).sort());
  });
});

function onlyBackend(reading: ReturnType<typeof readTerraformBackends>) {
  if (reading.kind === 'refused') throw new Error(reading.because);
  const { backends, clouds } = reading.what;
  expect([backends.length, clouds.length, backends[0]?.labels]).toEqual([1, 0, ['s3']]);
  return backends[0] ?? { attributes: new Map() };
}

function argumentsOf(reading: ReturnType<typeof readTerraformBackends>) {
  return plainArguments(onlyBackend(reading));
}

function valuesOf(reading: ReturnType<typeof readTerraformBackends>) {
  return Object.fromEntries([...onlyBackend(reading).attributes].map(([name, { value }]) => [name, value]));
}
