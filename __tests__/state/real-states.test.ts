import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { inspectState } from '../../src/state/inspection.js';
import { compareResources } from '../../src/state/resources.js';

/** States that Terraform wrote, and what `terraform state list` says of them: fixtures/main.tf tells how. */
const fixture = (name: string) => readFileSync(join('__tests__/state/fixtures', name));

/** Values are compared as they are written, and Terraform always writes them so. */
const escapedByGo = (character: string) => `\\u00${character.charCodeAt(0).toString(16)}`;

const withoutDeposed = (addresses: Iterable<string>) =>
  [...addresses].filter((address) => !address.includes(' (deposed ')).sort();

describe('states of the real Terraform', () => {
  test.each(['before', 'after'])(
    '%s: addresses are those of terraform state list, and nothing is doubted',
    async (name) => {
      const { resources, doubts } = await inspectState(fixture(`${name}.tfstate`));
      const listed = fixture(`${name}.list.txt`).toString().trimEnd().split('\n');

      expect(withoutDeposed(resources?.keys() ?? [])).toEqual(listed.sort());
      expect(doubts).toEqual([]);
    },
  );

  test('the header is read', async () => {
    const { header } = await inspectState(fixture('after.tfstate'));

    expect(header).toEqual({
      version: 4,
      serial: 64,
      lineage: '84d1bbcc-400e-a45a-202e-4e35dc7475c0',
      terraformVersion: '1.11.4',
      encrypted: false,
    });
  });

  test('what an apply changed is found: one object deposed, one destroyed, one tainted, two updated', async () => {
    const [before, after] = await Promise.all(
      ['before', 'after'].map((name) => inspectState(fixture(`${name}.tfstate`))),
    );

    expect(compareResources(before?.resources ?? new Map(), after?.resources ?? new Map())).toEqual({
      added: ['terraform_data.replaced (deposed 701304f6)'],
      removed: ['terraform_data.counted[11]'],
      changed: ['terraform_data.dependent', 'terraform_data.plain', 'terraform_data.replaced'],
    });
  });

  test('indentation and the order of keys make no difference', async () => {
    const original = await inspectState(fixture('before.tfstate'));
    const state = JSON.parse(fixture('before.tfstate').toString());
    const backwards = (value: Record<string, unknown>) => Object.fromEntries(Object.entries(value).reverse());
    const shuffled = backwards({
      ...state,
      resources: state.resources.map((resource: { instances: Record<string, unknown>[] }) =>
        backwards({ ...resource, instances: resource.instances.map(backwards) }),
      ),
    });

    for (const indent of [undefined, '\t']) {
      const text = JSON.stringify(shuffled, undefined, indent).replaceAll(/[<>&]/g, escapedByGo);
      expect(await inspectState(Buffer.from(text))).toEqual(original);
    }
  });

  test('pieces that break anywhere make no difference', async () => {
    const body = fixture('after.tfstate');
    async function* pieces(size: number) {
      for (let start = 0; start < body.length; start += size) yield body.subarray(start, start + size);
    }

    const whole = await inspectState(body);
    for (const size of [1, 7, 1_000]) expect(await inspectState(pieces(size))).toEqual(whole);
  });

  test('one that OpenTofu encrypted tells serial and lineage, and is not doubted', async () => {
    expect(await inspectState(fixture('encrypted.tfstate'))).toEqual({
      header: { serial: 1, lineage: '9aee8d0f-5fbd-9d38-5b55-b0b5b5a5e9d1', encrypted: true },
      doubts: [],
    });
  });
});
