import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import {
  type Attribute,
  attributeProblems,
  OUR_ROWS,
  type Rows,
  type Schema,
} from '../../scripts/check-attributes.js';

const [terraform, tofu] = ['terraform', 'opentofu'].map(
  (name): Schema =>
    JSON.parse(readFileSync(new URL(`../data/attributes-${name}.json`, import.meta.url), 'utf8')),
) as [Schema, Schema];

const problemsWith = (rows: Partial<Rows>) => attributeProblems([terraform, tofu], { ...OUR_ROWS, ...rows });

/** What is said when Terraform has these attributes too, or in place of those of the same name. */
function problemsOfMore(...more: readonly Attribute[]): string[] {
  const names = more.map(({ name }) => name);
  const others = terraform.attributes.filter(({ name }) => !names.includes(name));
  return attributeProblems([{ ...terraform, attributes: [...others, ...more] }, tofu], OUR_ROWS);
}

test('the table says of every attribute of both backends what becomes of it', () => {
  expect(problemsWith({})).toEqual([]);
});

describe('a difference is found:', () => {
  test('an attribute that is new, also in an object', () => {
    expect(
      problemsOfMore(
        { name: 'quantum', type: 'bool' },
        { name: 'extra', type: 'object', attributes: [{ name: 'extra.part', type: 'string' }] },
      ),
    ).toEqual(['quantum', 'extra', 'extra.part'].map((name) => `Attribute ${name} of Terraform has no row.`));
  });

  test('an attribute that one of the two has not', () => {
    const row = { names: ['session_name'], fate: 'refused', because: 'Why not.' } as const;
    const others = OUR_ROWS.unsupported.filter(({ names }) => !names.includes('session_name'));
    expect(problemsWith({ unsupported: [...others, row] })).toEqual([
      'Terraform has no attribute session_name, but a row says so.',
    ]);
    expect(problemsWith({ unsupported: [...others, { ...row, only: 'Terraform' }] })).toEqual([
      'Attribute session_name of OpenTofu has no row.',
      'Terraform has no attribute session_name, but a row says so.',
    ]);
  });

  test('an attribute that is an input and something else', () => {
    const row = { names: ['bucket'], only: 'Terraform', fate: 'refused', because: 'Why not.' } as const;
    expect(problemsWith({ unsupported: [...OUR_ROWS.unsupported, row] })).toEqual([
      'Attribute bucket of Terraform has more than one row.',
    ]);
  });

  test('an attribute that is no input, of another type', () => {
    expect(
      problemsOfMore({ name: 'retry_mode', type: 'bool' }, { name: 'insecure', type: 'string' }),
    ).toEqual([
      'Attribute retry_mode of Terraform: its type is bool.',
      'Attribute insecure of Terraform: its type is string.',
    ]);
  });

  test('a variable of which nothing is said', () => {
    expect(
      problemsOfMore({
        name: 'insecure',
        type: 'bool',
        environment: ['AWS_OLD'],
        environmentBySdk: ['AWS_NEW'],
      }),
    ).toEqual([
      'Attribute insecure of Terraform: nothing is said of the environment variable AWS_OLD.',
      'Attribute insecure of Terraform: nothing is said of the environment variable AWS_NEW.',
    ]);
  });

  test('variables that are asked in another order', () => {
    expect(
      problemsOfMore({ name: 'region', type: 'string', environment: ['AWS_DEFAULT_REGION', 'AWS_REGION'] }),
    ).toEqual([
      'Attribute region of Terraform: the variables are asked in the order AWS_DEFAULT_REGION, AWS_REGION.',
    ]);
  });

  test('another type, another default, and a secret that is none for us', () => {
    expect(
      problemsOfMore(
        { name: 'encrypt', type: 'number', default: false },
        { name: 'max_retries', type: 'number', default: 6 },
        { name: 'acl', type: 'string', sensitive: true },
        { name: 'use_lockfile', type: 'bool' },
      ),
    ).toEqual([
      'Attribute encrypt of Terraform: its type is number.',
      'Attribute max_retries of Terraform: its default is 6.',
      'Attribute acl of Terraform: it is a secret.',
      'Attribute use_lockfile of Terraform: its default is none.',
    ]);
  });
});
