/** HCL itself keeps 512 bits of a number, so up to here each digit is exact. */
const MAX_DIGITS = 150;

/** Of the point in a number; what is written with more zeros is no setting. */
const MAX_SHIFT = 1000;

const LITERAL = /^(\d+)\.?(\d*)(?:[eE]([+-]?\d+))?$/;

export type Decimal =
  /** As Go's `big.Float` writes it with `Text('f', -1)`. */
  | { readonly kind: 'decimal'; readonly text: string }
  | { readonly kind: 'inexact' }
  | { readonly kind: 'none' };

/** Reads a number without a sign. */
export function decimalOf(literal: string): Decimal {
  const [, whole, fraction = '', exponent = '0'] = LITERAL.exec(literal) ?? [];
  if (whole === undefined) return { kind: 'none' };
  const leading = (whole + fraction).replace(/^0+/, '');
  const digits = withoutTrailingZeros(leading);
  if (digits === '') return { kind: 'decimal', text: '0' };
  const point = leading.length - fraction.length + Number(exponent);
  if (digits.length > MAX_DIGITS || Math.abs(point) > MAX_SHIFT) return { kind: 'inexact' };
  return { kind: 'decimal', text: withPoint(digits, point) };
}

function withoutTrailingZeros(digits: string): string {
  let end = digits.length;
  while (digits.charAt(end - 1) === '0') end--;
  return digits.slice(0, end);
}

/** Puts the point behind the first `point` digits. */
function withPoint(digits: string, point: number): string {
  if (point <= 0) return `0.${'0'.repeat(-point)}${digits}`;
  if (point >= digits.length) return digits.padEnd(point, '0');
  return `${digits.slice(0, point)}.${digits.slice(point)}`;
}

export function negate(text: string): string {
  return text.startsWith('-') ? text.slice(1) : `-${text}`;
}

/** Less than, equal to or greater than 0, as `one` is to `other`. */
export function compareDecimals(one: string, other: string): number {
  const places = Math.max(placesOf(one), placesOf(other));
  const [first, second] = [scaled(one, places), scaled(other, places)];
  return first < second ? -1 : first > second ? 1 : 0;
}

function placesOf(text: string): number {
  return (text.split('.')[1] ?? '').length;
}

function scaled(text: string, places: number): bigint {
  const [whole, fraction = ''] = text.split('.');
  return BigInt(whole + fraction.padEnd(places, '0'));
}

/** A whole number that HCL keeps exactly; undefined for any other, and for `-0`, whose sign HCL keeps too. */
export function integerOf(text: string): bigint | undefined {
  return text === '-0' || text.includes('.') || text.length > MAX_DIGITS ? undefined : BigInt(text);
}
