import { readCall } from './calls.js';
import { readObject, readTuple } from './collections.js';
import type { Operand } from './conversion.js';
import { HclError, NotLiteral } from './interruptions.js';
import type { Lexer } from './lexer.js';
import { decimalOf } from './numbers.js';
import { BINARY_LEVELS, choose, UNARY } from './operators.js';
import { readTemplate } from './template.js';
import type { Token, TokenKind } from './token.js';
import { bool, type HclValue, type KnownValue, NULL, number, type Scope } from './value.js';

/** Of expressions in expressions, and of blocks in blocks: far beyond what people write, and far from a full stack. */
export const MAX_NESTING = 100;

const KEYWORDS: ReadonlyMap<string, KnownValue> = new Map([
  ['true', bool(true)],
  ['false', bool(false)],
  ['null', NULL],
]);

/** What is named so is a reference, and not a value whose quotes were forgotten. */
const REFERENCE = /^(?:var|local|data|module|each|path|terraform|self|count)\./;

/**
 * Reads an expression, and evaluates it on the way.
 *
 * @see https://github.com/hashicorp/hcl/blob/v2.23.0/hclsyntax/spec.md#expressions
 */
export class ExpressionReader {
  readonly #lexer: Lexer;
  readonly #scope: Scope;
  #nesting = 0;

  constructor(lexer: Lexer, scope: Scope) {
    this.#lexer = lexer;
    this.#scope = scope;
  }

  /**
   * @throws HclError if it is none, or fails
   * @throws NotLiteral if more is needed than literals and the scope; the lexer is left where that was seen
   */
  read(): KnownValue {
    return this.#conditional().value;
  }

  readonly #conditional = (): Operand => {
    const start = this.#lexer.peek().start;
    if (++this.#nesting > MAX_NESTING) throw new HclError(start, 'Expressions are nested too deeply here.');
    const value = this.#choice(this.#binary(0));
    this.#nesting--;
    return { value, start };
  };

  #choice(condition: Operand): KnownValue {
    if (this.#lexer.peek().kind !== '?') return condition.value;
    this.#lexer.next();
    const one = this.#conditional();
    this.#expect(':', 'A conditional needs a colon, and the result for when its condition is false.');
    return choose(condition, one, this.#conditional());
  }

  #binary(level: number): Operand {
    const operators = BINARY_LEVELS[level];
    if (operators === undefined) return this.#unary();
    let left = this.#binary(level + 1);
    for (;;) {
      const operator = operators[this.#lexer.peek().kind];
      if (operator === undefined) return left;
      this.#lexer.next();
      left = { value: operator(left, this.#binary(level + 1)), start: left.start };
    }
  }

  #unary(): Operand {
    const signs: Token[] = [];
    while (UNARY[this.#lexer.peek().kind] !== undefined) signs.push(this.#lexer.next());
    const operand = this.#wholeTerm();
    return signs.reduceRight((inner, sign) => {
      const value = UNARY[sign.kind]?.(inner) ?? inner.value;
      return { value, start: sign.start };
    }, operand);
  }

  #wholeTerm(): Operand {
    const start = this.#lexer.peek().start;
    const value = this.#term();
    const after = this.#lexer.peek();
    if (after.kind === '.' || after.kind === '[') throw new NotLiteral(start, 'index');
    return { value, start };
  }

  #term(): KnownValue {
    const token = this.#lexer.peek();
    switch (token.kind) {
      case '(':
        return this.#inParentheses();
      case '[':
        return readTuple(this.#lexer, this.#conditional);
      case '{':
        return readObject(this.#lexer, this.#conditional);
      case 'quote':
      case 'heredoc':
        return readTemplate(this.#lexer, this.#conditional);
      case 'number':
        return this.#number();
      case 'identifier':
        return this.#word();
      default:
        throw new HclError(token.start, 'A value is required here.');
    }
  }

  #inParentheses(): KnownValue {
    this.#lexer.next();
    const { value } = this.#conditional();
    this.#expect(')', 'A closing parenthesis must follow the expression.');
    return value;
  }

  #number(): KnownValue {
    const token = this.#lexer.next();
    const decimal = decimalOf(this.#lexer.textOf(token));
    switch (decimal.kind) {
      case 'decimal':
        return number(decimal.text);
      case 'inexact':
        throw new NotLiteral(token.start, 'arithmetic');
      case 'none':
        throw new HclError(token.start, 'This is not a number.');
    }
  }

  #word(): KnownValue {
    const token = this.#lexer.next();
    const word = this.#lexer.textOf(token);
    const after = this.#lexer.peek().kind;
    if (after === '(' || after === '::') return this.#call(token);
    return KEYWORDS.get(word) ?? this.#reference(token);
  }

  #call(first: Token): KnownValue {
    const name = this.#callee(first);
    const called = this.#scope.functions.get(name);
    if (called === undefined) throw new NotLiteral(first.start, 'function', name);
    return readCall(this.#lexer, { name, start: first.start, called }, this.#conditional);
  }

  /** `lower`, `provider::aws::arn_parse`. */
  #callee(first: Token): string {
    let last = first;
    while (this.#lexer.peek().kind === '::') {
      this.#lexer.next();
      last = this.#lexer.next();
    }
    return this.#lexer.text.slice(first.start, last.end);
  }

  #reference(first: Token): KnownValue {
    let last = first;
    while (this.#lexer.peek().kind === '.') {
      this.#lexer.next();
      last = this.#lexer.peek();
      if (last.kind !== 'identifier') break;
      this.#lexer.next();
    }
    const name = this.#lexer.text.slice(first.start, last.end);
    const value: HclValue | undefined = this.#scope.references.get(name);
    if (value !== undefined && value.kind !== 'unknown') return value;
    throw new NotLiteral(first.start, 'variable', REFERENCE.test(name) ? name : undefined);
  }

  #expect(kind: TokenKind, sentence: string): void {
    const token = this.#lexer.peek();
    if (token.kind !== kind) throw new HclError(token.start, sentence);
    this.#lexer.next();
  }
}
