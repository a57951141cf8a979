import type { HclBody } from '../src/config/hcl/body.js';
import type { HclValue } from '../src/config/hcl/value.js';

/** A value as `hcl-oracle/main.go` writes it; `{ unknown: <what it needs> }` for what we do not evaluate. */
export function oracleForm(value: HclValue): unknown {
  switch (value.kind) {
    case 'string':
      return { string: value.text };
    case 'number':
      return { number: value.text };
    case 'bool':
      return { bool: value.value };
    case 'null':
      return { null: true };
    case 'tuple':
      return { tuple: value.items.map(oracleForm) };
    case 'object':
      return { object: Object.fromEntries([...value.entries].map(([key, item]) => [key, oracleForm(item)])) };
    case 'unknown':
      return { unknown: value.needs };
  }
}

/** A value as JavaScript has it; `UNKNOWN` for what we do not evaluate. */
export function plainForm(value: HclValue): unknown {
  switch (value.kind) {
    case 'string':
      return value.text;
    case 'number':
      return Number(value.text);
    case 'bool':
      return value.value;
    case 'null':
      return null;
    case 'tuple':
      return value.items.map(plainForm);
    case 'object':
      return Object.fromEntries([...value.entries].map(([key, item]) => [key, plainForm(item)]));
    case 'unknown':
      return UNKNOWN;
  }
}

export const UNKNOWN = Symbol('unknown');

/** All arguments of a body. */
export function plainArguments({ attributes }: Pick<HclBody, 'attributes'>): Record<string, unknown> {
  return Object.fromEntries([...attributes].map(([name, { value }]) => [name, plainForm(value)]));
}

/**
 * A body as hcl2json writes it: the bodies of its blocks in lists, by type and labels. Where an argument, or labels of
 * another number, have the name of a block, it loses one of them: there `UNKNOWN`.
 */
export function hcl2jsonForm(body: HclBody): Record<string, unknown> {
  const form = plainArguments(body);
  for (const block of body.blocks) {
    form[block.type] = added(form[block.type], block.labels, hcl2jsonForm(block));
  }
  return form;
}

function added(before: unknown, [label, ...labels]: readonly string[], body: unknown): unknown {
  if (label === undefined)
    return before === undefined || Array.isArray(before) ? [...(before ?? []), body] : UNKNOWN;
  if (before !== undefined && !(before instanceof Map)) return UNKNOWN;
  const inner: ReadonlyMap<string, unknown> = before ?? new Map();
  return new Map([...inner, [label, added(inner.get(label), labels, body)]]);
}
