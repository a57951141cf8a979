import type { HclAttribute } from '../hcl/body.js';
import type { Reading } from '../hcl/hcl.js';
import { HclError } from '../hcl/interruptions.js';
import { decimalOf, negate } from '../hcl/numbers.js';
import { type Position, positionsIn } from '../hcl/position.js';
import { NOT_UTF8, REPLACEMENT_CHARACTER } from '../hcl/refused-characters.js';
import { bool, type KnownValue, MAX_NAMES, NULL, number, string, TOO_MANY_NAMES } from '../hcl/value.js';
import { type JsonMember, type JsonNode, readJson } from './json-tree.js';

/** A comment, as HCL has it in JSON. */
export const COMMENT = '//';

/** Reads arguments in HCL's JSON syntax: one object, whose names are those of arguments. */
export function readJsonArguments(text: string): Reading<ReadonlyMap<string, HclAttribute>> {
  return readJson(text, (root) => {
    if (root.kind !== 'object')
      throw new HclError(root.start, 'A JSON file must be one object, which begins with "{".');
    return argumentsOf(root.members, positionsIn(text));
  });
}

/** @throws HclError */
export function argumentsOf(
  members: readonly JsonMember[],
  positionOf: (offset: number) => Position,
): ReadonlyMap<string, HclAttribute> {
  const entries = unique(members).map(
    ({ name, start, value }) => [name, { value: hclValueOf(value), position: positionOf(start) }] as const,
  );
  return new Map(entries.filter(([name]) => name !== COMMENT));
}

function unique(members: readonly JsonMember[]): readonly JsonMember[] {
  const names = new Set<string>();
  for (const { name, start } of members) {
    if (names.has(name) && name !== COMMENT)
      throw new HclError(start, 'This name is set already. Each may be set only once.');
    if (names.size >= MAX_NAMES) throw new HclError(start, TOO_MANY_NAMES);
    names.add(name);
  }
  return members;
}

function hclValueOf(node: JsonNode): KnownValue {
  switch (node.kind) {
    case 'object':
      return {
        kind: 'object',
        entries: new Map(unique(node.members).map(({ name, value }) => [name, hclValueOf(value)])),
      };
    case 'array':
      return { kind: 'tuple', items: node.items.map(hclValueOf) };
    case 'string':
      return string(withoutTemplate(node));
    case 'number':
      return numberOf(node);
    case 'bool':
      return bool(node.value);
    case 'null':
      return NULL;
  }
}

/** Terraform takes a template sequence as it stands, and OpenTofu evaluates it: so none may be there. */
function withoutTemplate({ text, start }: Extract<JsonNode, { kind: 'string' }>): string {
  if (text.includes(REPLACEMENT_CHARACTER)) throw new HclError(start, NOT_UTF8);
  if (/[$%]\{/.test(text))
    throw new HclError(start, 'Terraform and OpenTofu read "${" and "%{" in JSON differently. Write HCL.');
  return text;
}

function numberOf({ literal, start }: Extract<JsonNode, { kind: 'number' }>): KnownValue {
  const decimal = decimalOf(literal.replace(/^-/, ''));
  if (decimal.kind !== 'decimal') throw new HclError(start, 'This number has too many digits.');
  return number(literal.startsWith('-') ? negate(decimal.text) : decimal.text);
}
