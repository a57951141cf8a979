import { HclError, NotLiteral } from './interruptions.js';
import { decimalOf, negate } from './numbers.js';
import type { KnownValue } from './value.js';

/** A value that an operator or a template works on, and the offset at which its text begins. */
export interface Operand {
  readonly value: KnownValue;
  readonly start: number;
}

const BOOLS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
]);

/**
 * As HCL turns values into strings.
 *
 * @throws HclError for null, lists and objects
 * @see https://github.com/zclconf/go-cty/blob/v1.16.0/cty/convert/conversion_primitive.go
 */
export function toText({ value, start }: Operand): string {
  switch (value.kind) {
    case 'string':
    case 'number':
      return value.text;
    case 'bool':
      return String(value.value);
    case 'null':
      throw new HclError(start, 'This is null, which cannot become part of a string.');
    case 'tuple':
    case 'object':
      throw new HclError(start, 'This is a list or an object, which cannot become part of a string.');
  }
}

/**
 * The digits of a number, or of a string that is one.
 *
 * @throws HclError for everything else
 */
export function toNumber({ value, start }: Operand): string {
  if (value.kind === 'number') return value.text;
  if (value.kind !== 'string') throw new HclError(start, 'A number is required here.');
  const decimal = decimalOf(value.text.replace(/^-/, ''));
  switch (decimal.kind) {
    case 'decimal':
      return value.text.startsWith('-') ? negate(decimal.text) : decimal.text;
    case 'inexact':
      throw new NotLiteral(start, 'arithmetic');
    case 'none':
      throw new HclError(start, 'A number is required here.');
  }
}

/** @throws HclError for everything but true, false, and strings that say so */
export function toBool({ value, start }: Operand): boolean {
  const bool = value.kind === 'string' ? BOOLS.get(value.text) : undefined;
  if (value.kind === 'bool') return value.value;
  if (bool === undefined) throw new HclError(start, 'True or false is required here.');
  return bool;
}
