import { type Operand, toBool, toNumber, toText } from '../hcl/conversion.js';
import { HclError, NotLiteral } from '../hcl/interruptions.js';
import type { KnownValue, Need, UnknownValue } from '../hcl/value.js';
import { quote } from '../quoting.js';
import type { BackendAttribute } from './backend-schema.js';
import { exactPlace, type PlacedValue, placeWords } from './source-place.js';

/** A value as the text that an input would have; of a list and a map, as JSON. */
export type Converted =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'null' }
  /** An object, whose parts are attributes of their own. */
  | { readonly kind: 'compound'; readonly value: KnownValue }
  | { readonly kind: 'refused'; readonly problem: string };

/** Converts a value to the type of its attribute, as Terraform does. */
export function convert(attribute: BackendAttribute, placed: PlacedValue): Converted {
  const { value } = placed;
  if (value.kind === 'unknown') return { kind: 'refused', problem: unknownProblem(attribute, placed, value) };
  if (value.kind === 'null') return { kind: 'null' };
  switch (attribute.type) {
    case 'object':
      return value.kind === 'object' ? { kind: 'compound', value } : refused(attribute, placed, 'an object');
    case 'map(string)':
      return jsonOfMap(value) ?? refused(attribute, placed, 'a map of texts');
    case 'set(string)':
      return jsonOfList(value) ?? refused(attribute, placed, 'a list of texts');
    case 'string':
      return converted(value, toText) ?? refused(attribute, placed, 'a text');
    case 'bool':
      return converted(value, toBool) ?? refused(attribute, placed, 'true or false');
    case 'number':
      return converted(value, toNumber) ?? refused(attribute, placed, 'a number');
  }
}

type Text = Extract<Converted, { kind: 'text' }>;

function jsonOfList(value: KnownValue): Text | undefined {
  if (value.kind !== 'tuple') return undefined;
  const items = value.items.map((item) => converted(item, toText)?.text);
  return items.includes(undefined) ? undefined : { kind: 'text', text: JSON.stringify([...new Set(items)]) };
}

function jsonOfMap(value: KnownValue): Text | undefined {
  if (value.kind !== 'object') return undefined;
  const entries = [...value.entries].map(([name, item]) => [name, converted(item, toText)?.text] as const);
  if (entries.some(([, text]) => text === undefined)) return undefined;
  return { kind: 'text', text: JSON.stringify(Object.fromEntries(entries)) };
}

function converted(value: KnownValue, to: (operand: Operand) => string | boolean): Text | undefined {
  try {
    return { kind: 'text', text: String(to({ value, start: 0 })) };
  } catch (error) {
    if (error instanceof HclError || error instanceof NotLiteral) return undefined;
    throw error;
  }
}

function refused(
  { name, secret }: BackendAttribute,
  { value, place }: PlacedValue,
  expected: string,
): Converted {
  const got = value.kind === 'string' && !secret ? quote(value.text) : `a ${KINDS[value.kind]}`;
  const isQuoted = value.kind === 'string' && /^(["']).*\1$/s.test(value.text);
  const hint = isQuoted
    ? ' The quotes are a part of the value here, as for "terraform init": leave them out.'
    : '';
  const problem = `"${name}" in ${placeWords(place)} must be ${expected}; got ${got}.${hint}`;
  return { kind: 'refused', problem };
}

const KINDS: Readonly<Record<PlacedValue['value']['kind'], string>> = {
  string: 'text',
  number: 'number',
  bool: 'boolean',
  null: 'null',
  tuple: 'list',
  object: 'object',
  unknown: 'value that is not known',
};

const NEEDS: Readonly<Record<Need, string>> = {
  variable: 'a variable',
  function: 'a function',
  for: 'a "for" expression',
  index: 'a part of another value',
  directive: 'a template directive',
  arithmetic: 'arithmetic that could lose digits',
  comparison: 'a comparison of lists or objects',
};

function unknownProblem(
  attribute: BackendAttribute,
  { place }: PlacedValue,
  { needs, name, position }: UnknownValue,
): string {
  const what = name === undefined ? NEEDS[needs] : `${NEEDS[needs]} (${name})`;
  const orQuotes = needs === 'variable' && name === undefined ? ', or quotes around its text,' : '';
  const isEvaluated = needs === 'variable' || needs === 'function';
  const who = isEvaluated
    ? 'Terraform allows no variables and functions there.'
    : 'Lockkeeper works out no such value.';
  switch (place.kind) {
    case 'file':
      return `"${attribute.name}" needs ${what}${orQuotes} at ${exactPlace(place.path, position)}. ${who} Write the value itself, or add a line ${attribute.name}=… with it.`;
    case 'block':
      return (
        `"${attribute.name}" needs ${what}${orQuotes} at ${exactPlace(place.path, position)}. ${who} ` +
        (isEvaluated
          ? 'OpenTofu does: run "tofu init" before this step, which records the value. Else write it '
          : 'Write it ') +
        `there, or as a line ${attribute.name}=… of "backend_config".`
      );
    case 'line':
    case 'variable':
    case 'record':
      return `"${attribute.name}" in ${placeWords(place)} needs ${what} at column ${position.column} of its value. ${who} Write the value itself; texts in it have double quotes.`;
  }
}
