import { type Operand, toBool, toNumber } from './conversion.js';
import { HclError, NotLiteral } from './interruptions.js';
import { compareDecimals, integerOf, negate } from './numbers.js';
import type { TokenKind } from './token.js';
import { bool, type KnownValue, number, string } from './value.js';

type Binary = (left: Operand, right: Operand) => KnownValue;

/**
 * The operators between two values, by what binds least. Those of a level go from left to right. Both sides are always
 * evaluated.
 *
 * @see https://github.com/hashicorp/hcl/blob/v2.23.0/hclsyntax/expression_ops.go
 */
export const BINARY_LEVELS: readonly Readonly<Partial<Record<TokenKind, Binary>>>[] = [
  { '||': logic((left, right) => left || right) },
  { '&&': logic((left, right) => left && right) },
  { '==': (left, right) => bool(areEqual(left, right)), '!=': (left, right) => bool(!areEqual(left, right)) },
  {
    '>': comparison((order) => order > 0),
    '>=': comparison((order) => order >= 0),
    '<': comparison((order) => order < 0),
    '<=': comparison((order) => order <= 0),
  },
  { '+': arithmetic((left, right) => left + right), '-': arithmetic((left, right) => left - right) },
  {
    '*': arithmetic((left, right) => signed(left * right, left, right)),
    '/': division((left, right) => signed(left % right === 0n ? left / right : undefined, left, right)),
    '%': division((left, right) => signed(left % right, left, right)),
  },
];

export const UNARY: Readonly<Partial<Record<TokenKind, (operand: Operand) => KnownValue>>> = {
  '-': (operand) => number(negate(toNumber(operand))),
  '!': (operand) => bool(!toBool(operand)),
};

/** `condition ? one : other`. Both results are evaluated, and become of one kind. */
export function choose(condition: Operand, one: Operand, other: Operand): KnownValue {
  const chosen = toBool(condition) ? one.value : other.value;
  const kinds = new Set([one.value.kind, other.value.kind]);
  if (kinds.delete('null')) return chosen;
  if (kinds.has('tuple') || kinds.has('object')) throw new NotLiteral(one.start, 'comparison');
  if (kinds.size === 1) return chosen;
  if (!kinds.has('string')) {
    throw new HclError(one.start, 'Both results of a conditional must be of the same type.');
  }
  return textual(chosen);
}

function textual(value: KnownValue): KnownValue {
  if (value.kind === 'number') return string(value.text);
  return value.kind === 'bool' ? string(String(value.value)) : value;
}

function logic(decide: (left: boolean, right: boolean) => boolean): Binary {
  return (left, right) => bool(decide(toBool(left), toBool(right)));
}

function comparison(decide: (order: number) => boolean): Binary {
  return (left, right) => bool(decide(compareDecimals(toNumber(left), toNumber(right))));
}

/** @param calculate - undefined where whole numbers do not suffice */
function arithmetic(calculate: (left: bigint, right: bigint) => bigint | undefined): Binary {
  return (left, right) => {
    const [one, other] = [integerOf(toNumber(left)), integerOf(toNumber(right))];
    const result = one === undefined || other === undefined ? undefined : calculate(one, other);
    const text = result?.toString();
    if (text === undefined || integerOf(text) === undefined) throw new NotLiteral(left.start, 'arithmetic');
    return number(text);
  };
}

/** HCL itself goes on with infinity. */
function division(calculate: (left: bigint, right: bigint) => bigint | undefined): Binary {
  const divide = arithmetic(calculate);
  return (left, right) => {
    if (compareDecimals(toNumber(right), '0') === 0) throw new HclError(right.start, 'This divides by zero.');
    return divide(left, right);
  };
}

/** A zero has the sign of its factors in HCL, which whole numbers do not have. */
function signed(result: bigint | undefined, left: bigint, right: bigint): bigint | undefined {
  return result === 0n && (left < 0n || right < 0n) ? undefined : result;
}

function areEqual(left: Operand, right: Operand): boolean {
  const [one, other] = [left.value, right.value];
  if (one.kind === 'null' || other.kind === 'null') return one.kind === other.kind;
  if (isCollection(one) || isCollection(other)) throw new NotLiteral(left.start, 'comparison');
  if (one.kind === 'number' && other.kind === 'number') return compareDecimals(one.text, other.text) === 0;
  if (one.kind === 'string' && other.kind === 'string') return one.text === other.text;
  return one.kind === 'bool' && other.kind === 'bool' && one.value === other.value;
}

function isCollection(value: KnownValue): boolean {
  return value.kind === 'tuple' || value.kind === 'object';
}
