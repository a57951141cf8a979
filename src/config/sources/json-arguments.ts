import type { HclAttribute } from '../hcl/body.js';
import type { Reading } from '../hcl/hcl.js';
import { decimalOf, negate } from '../hcl/numbers.js';
import { positionsIn } from '../hcl/position.js';
import { NOT_UTF8, REPLACEMENT_CHARACTER } from '../hcl/refused-characters.js';
import { bool, type KnownValue, NULL, number, string } from '../hcl/value.js';

/** Reads arguments in HCL's JSON syntax: one object, whose names are those of arguments. */
export function readJsonArguments(text: string): Reading<ReadonlyMap<string, HclAttribute>> {
  const positionOf = positionsIn(text);
  const attributes = new Map<string, HclAttribute>();
  try {
    const reader = new JsonReader(text);
    reader.object((name, start) => {
      const value = reader.value(1);
      // A comment, as HCL has it.
      if (name !== '//') attributes.set(name, { value, position: positionOf(start) });
    });
    reader.end();
    return { kind: 'read', what: attributes };
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    return { kind: 'refused', position: positionOf(error.offset), because: error.message };
  }
}

class JsonError extends Error {
  override readonly name = 'JsonError';
  readonly offset: number;

  /** @param sentence - whole, and without any value of the text */
  constructor(offset: number, sentence: string) {
    super(sentence);
    this.offset = offset;
  }
}

const SPACE = /[ \t\r\n]*/y;
const STRING = /"(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/uy;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /true|false|null/y;
const MAX_DEPTH = 100;

/** Reads JSON from its beginning to its end; `JSON.parse` tells no positions, and lets names stand twice. */
class JsonReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** @param member - is handed each name and its offset, and reads the value */
  object(member: (name: string, start: number) => void): void {
    this.#expect('{', 'A JSON file must be one object, which begins with "{".');
    const names = new Set<string>();
    this.#list('}', () => {
      const start = this.#at;
      const name = this.#string('A name in double quotes is required here.');
      if (names.has(name)) throw new JsonError(start, 'This name is set already. Each may be set only once.');
      if (name !== '//') names.add(name);
      this.#expect(':', 'A colon must follow the name.');
      member(name, start);
    });
  }

  value(depth: number): KnownValue {
    const next = this.#peek();
    if (depth > MAX_DEPTH) throw new JsonError(this.#at, 'This is nested too deeply.');
    if (next === '{') {
      const entries = new Map<string, KnownValue>();
      this.object((name) => entries.set(name, this.value(depth + 1)));
      return { kind: 'object', entries };
    }
    if (next === '[') {
      const items: KnownValue[] = [];
      this.#at += 1;
      this.#list(']', () => items.push(this.value(depth + 1)));
      return { kind: 'tuple', items };
    }
    return next === '"' ? string(this.#string('')) : this.#scalar();
  }

  end(): void {
    if (this.#peek() !== '') throw new JsonError(this.#at, 'Nothing may follow the object.');
  }

  #list(closing: ']' | '}', item: () => void): void {
    for (let first = true; this.#peek() !== closing; first = false) {
      if (!first) this.#expect(',', 'A comma must separate the items.');
      this.#peek();
      item();
    }
    this.#at += 1;
  }

  #scalar(): KnownValue {
    const start = this.#at;
    const word = this.#take(WORD);
    if (word !== undefined) return word === 'null' ? NULL : bool(word === 'true');
    const digits = this.#take(NUMBER);
    const decimal = decimalOf(digits?.replace(/^-/, '') ?? '');
    if (digits === undefined || decimal.kind === 'none')
      throw new JsonError(start, 'A value of JSON is required here.');
    if (decimal.kind === 'inexact') throw new JsonError(start, 'This number has too many digits.');
    return number(digits.startsWith('-') ? negate(decimal.text) : decimal.text);
  }

  /** Terraform takes a template sequence as it stands, and OpenTofu evaluates it: so none may be there. */
  #string(missing: string): string {
    const start = this.#at;
    const literal = this.#take(STRING);
    if (literal === undefined)
      throw new JsonError(start, missing || 'This is no string of JSON that is closed on its line.');
    if (literal.includes(REPLACEMENT_CHARACTER)) throw new JsonError(start, NOT_UTF8);
    const text: string = JSON.parse(literal);
    if (/[$%]\{/.test(text))
      throw new JsonError(start, 'Terraform and OpenTofu read "${" and "%{" in JSON differently. Write HCL.');
    return text;
  }

  #expect(character: string, sentence: string): void {
    if (this.#peek() !== character) throw new JsonError(this.#at, sentence);
    this.#at += 1;
  }

  /** The next character that is no white space; empty at the end. */
  #peek(): string {
    this.#take(SPACE);
    return this.#text.charAt(this.#at);
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const [found] = pattern.exec(this.#text) ?? [];
    this.#at += found?.length ?? 0;
    return found;
  }
}
