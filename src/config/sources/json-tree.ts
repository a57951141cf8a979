import type { Reading } from '../hcl/hcl.js';
import { HclError } from '../hcl/interruptions.js';
import { positionsIn } from '../hcl/position.js';

/** A value of JSON, and the offset at which it stands in its text. */
export type JsonNode = { readonly start: number } & (
  | { readonly kind: 'object'; readonly members: readonly JsonMember[] }
  | { readonly kind: 'array'; readonly items: readonly JsonNode[] }
  | { readonly kind: 'string'; readonly text: string }
  /** As it is written. */
  | { readonly kind: 'number'; readonly literal: string }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'null' }
);

/** A name may stand twice: whoever reads the members says whether it may. */
export interface JsonMember {
  readonly name: string;
  /** Of the name. */
  readonly start: number;
  readonly value: JsonNode;
}

/** Reads a text of JSON by `work`, which may throw a {@link HclError}. */
export function readJson<What>(text: string, work: (root: JsonNode) => What): Reading<What> {
  try {
    return { kind: 'read', what: work(new JsonReader(text).whole()) };
  } catch (error) {
    if (!(error instanceof HclError)) throw error;
    return { kind: 'refused', position: positionsIn(text)(error.offset), because: error.message };
  }
}

const SPACE = /[ \t\r\n]*/y;
const QUOTE = /"/y;
const PLAIN = /[^"\\\p{Cc}]{1,4096}/uy;
const ESCAPE = /\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /true|false|null/y;
const MAX_DEPTH = 100;

/** Reads JSON from its beginning to its end; `JSON.parse` tells no positions, and loses names that stand twice. */
class JsonReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  whole(): JsonNode {
    if (!['{', '['].includes(this.#peek()))
      throw new HclError(this.#at, 'A JSON file must be one object, which begins with "{".');
    const root = this.#value(0);
    if (this.#peek() !== '') throw new HclError(this.#at, 'Nothing may follow the object.');
    return root;
  }

  #value(depth: number): JsonNode {
    const next = this.#peek();
    const start = this.#at;
    if (depth > MAX_DEPTH) throw new HclError(start, 'This is nested too deeply.');
    switch (next) {
      case '{': {
        const members: JsonMember[] = [];
        this.#list('}', () => members.push(this.#member(depth)));
        return { start, kind: 'object', members };
      }
      case '[': {
        const items: JsonNode[] = [];
        this.#list(']', () => items.push(this.#value(depth + 1)));
        return { start, kind: 'array', items };
      }
      case '"':
        return {
          start,
          kind: 'string',
          text: this.#string('This is no string of JSON that is closed on its line.'),
        };
      default:
        return this.#scalar(start);
    }
  }

  #member(depth: number): JsonMember {
    const start = this.#at;
    const name = this.#string('A name in double quotes is required here.');
    this.#expect(':', 'A colon must follow the name.');
    return { name, start, value: this.#value(depth + 1) };
  }

  #list(closing: ']' | '}', item: () => void): void {
    this.#at += 1;
    for (let first = true; this.#peek() !== closing; first = false) {
      if (!first) this.#expect(',', 'A comma must separate the items.');
      this.#peek();
      item();
    }
    this.#at += 1;
  }

  #scalar(start: number): JsonNode {
    const word = this.#take(WORD);
    if (word === 'null') return { start, kind: 'null' };
    if (word !== undefined) return { start, kind: 'bool', value: word === 'true' };
    const literal = this.#take(NUMBER);
    if (literal === undefined) throw new HclError(start, 'A value of JSON is required here.');
    return { start, kind: 'number', literal };
  }

  /** Piece by piece: one pattern for all of it would take as much of the stack as the text is long. */
  #string(missing: string): string {
    const start = this.#at;
    const isOpened = this.#take(QUOTE) !== undefined;
    while (isOpened && (this.#take(PLAIN) ?? this.#take(ESCAPE)) !== undefined);
    if (!isOpened || this.#take(QUOTE) === undefined) throw new HclError(start, missing);
    return JSON.parse(this.#text.slice(start, this.#at));
  }

  #expect(character: string, sentence: string): void {
    if (this.#peek() !== character) throw new HclError(this.#at, sentence);
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
