import type { Position } from './position.js';

/** What an expression of HCL is worth. Kinds stay apart as in HCL: `1` is not `"1"`. */
export type HclValue = KnownValue | UnknownValue;

export type KnownValue =
  | { readonly kind: 'string'; readonly text: string }
  /** `text` has every digit, as Terraform turns a number into a string: `12.50` is `12.5`, `1e3` is `1000`. */
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'null' }
  | { readonly kind: 'tuple'; readonly items: readonly KnownValue[] }
  | { readonly kind: 'object'; readonly entries: ReadonlyMap<string, KnownValue> };

/** What only Terraform or OpenTofu can work out. One such part makes the whole value unknown. */
export interface UnknownValue {
  readonly kind: 'unknown';
  readonly needs: Need;
  /** Of the part that is not known. */
  readonly position: Position;
  /** `var.bucket`, `lower`: only what is sure to be a name, and no value that lacks its quotes. */
  readonly name?: string;
}

/** What stands in the way of a value. */
export type Need =
  | 'variable'
  | 'function'
  /** `[for …]` and `{for …}`. */
  | 'for'
  /** `x[0]`, `x.*.y`: a part of a value. */
  | 'index'
  /** `%{ if … }`, and the strip markers in `${~ … ~}`. */
  | 'directive'
  /** With fractions, or with more digits than HCL itself keeps exactly. */
  | 'arithmetic'
  /** Whether lists or objects are equal, and a choice between two of them. */
  | 'comparison';

/** The values that references stand for, by their whole text, such as `var.region`. */
export type Scope = ReadonlyMap<string, HclValue>;

export const NULL: KnownValue = { kind: 'null' };

/** A string, in Unicode's normal form C as in HCL. */
export function string(text: string): KnownValue {
  return { kind: 'string', text: text.normalize('NFC') };
}

export function number(text: string): KnownValue {
  return { kind: 'number', text };
}

export function bool(value: boolean): KnownValue {
  return { kind: 'bool', value };
}
