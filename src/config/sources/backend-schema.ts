import type { InputRow } from '../attributes/row.js';
import { type CompoundType, UNSUPPORTED, type UnsupportedRow } from '../attributes/unsupported.js';
import { TOPICS } from '../attributes.js';

/** An attribute of the S3 backend of Terraform or OpenTofu, and what becomes of it here. */
export interface BackendAttribute {
  /** A part of an object follows its name and a dot. */
  readonly name: string;
  readonly type: 'string' | CompoundType;
  readonly secret: boolean;
  /** An empty text is a value of its own. */
  readonly isSaidByEmptyText: boolean;
  readonly fate: Fate;
}

export type Fate =
  | { readonly kind: 'input'; readonly input: string }
  | { readonly kind: 'parts' }
  | { readonly kind: 'without-effect' }
  | { readonly kind: 'refused'; readonly because: string };

/** Of those that are no strings. */
const TYPES: Readonly<Partial<Record<InputRow['type'], BackendAttribute['type']>>> = {
  boolean: 'bool',
  list: 'set(string)',
  map: 'map(string)',
  'whole number': 'number',
};

/** Every attribute by its name, parts of objects among them. */
export const BACKEND_ATTRIBUTES: ReadonlyMap<string, BackendAttribute> = new Map(
  [
    ...TOPICS.flatMap(({ inputs }) => Object.entries(inputs)).flatMap(([name, row]) =>
      row.from === 'backend' ? [inputAttribute(name, row)] : [],
    ),
    ...UNSUPPORTED.flatMap((row) => row.names.map((name) => otherAttribute(name, row))),
  ].map((attribute) => [attribute.name, attribute]),
);

/** The attribute of a name that stands at the top. */
export function topAttribute(name: string): BackendAttribute | undefined {
  return name.includes('.') ? undefined : BACKEND_ATTRIBUTES.get(name);
}

/** The names that can stand at the top. */
export const TOP_NAMES = [...BACKEND_ATTRIBUTES.keys()].filter((name) => !name.includes('.'));

/** The parts of an object, without its name. */
export function partNames(object: string): string[] {
  const names = [...BACKEND_ATTRIBUTES.keys()].filter((name) => name.startsWith(`${object}.`));
  return names.map((name) => name.slice(object.length + 1));
}

function inputAttribute(name: string, row: InputRow): BackendAttribute {
  const fate = { kind: 'input', input: name } as const;
  const isSaidByEmptyText = row.isSaidByEmptyText === true;
  return { name, type: TYPES[row.type] ?? 'string', secret: row.secret === true, isSaidByEmptyText, fate };
}

function otherAttribute(name: string, row: UnsupportedRow): BackendAttribute {
  const type = row.types?.[name] ?? 'string';
  return { name, type, secret: row.secret === true, isSaidByEmptyText: false, fate: fateOf(row) };
}

function fateOf(row: UnsupportedRow): Fate {
  switch (row.fate) {
    case 'another-name':
      return { kind: 'input', input: row.input };
    case 'parts':
    case 'without-effect':
      return { kind: row.fate };
    case 'refused':
      return { kind: row.fate, because: row.because };
  }
}
