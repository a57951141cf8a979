import type { Position } from './position.js';

/** Of arguments or of the parts of an object, in one place: far beyond any backend, and told of one by one in no time. */
export const MAX_NAMES = 1_000;

export const TOO_MANY_NAMES = 'There are too many names in one place here.';

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

/** What names stand for, where more than literals may be used. */
export interface Scope {
  /** By the whole text of a reference, such as `var.region`. */
  readonly references: ReadonlyMap<string, HclValue>;
  /** By name. */
  readonly functions: ReadonlyMap<string, TextFunction>;
}

/** A function that takes one string, and returns one, such as `pathexpand`. */
export type TextFunction = (text: string) => CallResult;

export type CallResult =
  | { readonly kind: 'returned'; readonly text: string }
  /** `because` is a whole sentence, without any value: an argument may come from anywhere. */
  | { readonly kind: 'failed'; readonly because: string };

/** Nothing but literals counts, as in Terraform's backend block. */
export const NO_SCOPE: Scope = { references: new Map(), functions: new Map() };

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
