import { Event, endsNumber, NEXT_STATE, State, transitionTable } from './json-grammar.js';

/**
 * Why a scanner of our own: a state may be 200 MB, and one attribute of it may be most of that. The streaming
 * parsers to be had either gather each string whole before they hand it out, which doubles the memory and
 * more, or take ten times as long. This one never holds more than a key or a short scalar that was asked for.
 */

/** What the scanner tells about a document, in the order of the document. */
export interface JsonListener {
  /** Whether the text of the key or scalar that begins now is wanted. */
  readonly wantsText: boolean;
  open(bracket: Bracket): void;
  close(): void;
  /** A key, decoded; `undefined` when it was not wanted or is longer than {@link MAX_TEXT_BYTES}. */
  key(name: string | undefined): void;
  /** A string, number, `true`, `false` or `null` as it is written; `undefined` as for a key. */
  scalar(raw: string | undefined): void;
}

export type Bracket = '{' | '[';

/** Takes the bytes of the document, without the white space between tokens, while `recording`. */
export interface ByteRecorder {
  readonly recording: boolean;
  push(byte: number): void;
}

/** How a document ended. Offsets are bytes, from 0. */
export type ScanResult =
  | { readonly kind: 'complete' }
  | { readonly kind: 'empty' }
  | { readonly kind: 'truncated'; readonly length: number }
  | { readonly kind: 'invalid' | 'trailing' | 'too-deep'; readonly offset: number };

export const MAX_TEXT_BYTES = 64 * 1024;

/** The limit of Go: https://github.com/golang/go/blob/master/src/encoding/json/scanner.go maxNestingDepth */
export const MAX_DEPTH = 10_000;

const SPACE = 0x20;
const COMMA = 0x2c;
const OPEN_BRACE = 0x7b;
const OPEN_BRACKET = 0x5b;
/** `}` and `]` are two above their opening brackets in ASCII. */
const CLOSING = 2;

/** Reads one JSON document, given in pieces that may break anywhere, and remembers none of it. */
export class JsonScanner {
  readonly #listener: JsonListener;
  readonly #recorder: ByteRecorder;
  readonly #table = transitionTable();
  readonly #open = new Uint8Array(MAX_DEPTH);
  readonly #text = Buffer.alloc(MAX_TEXT_BYTES);
  #depth = 0;
  #state: number = State.value;
  #offset = 0;
  #position = 0;
  #began = false;
  #inKey = false;
  #capturing = false;
  #textLength = 0;
  #tooDeep = false;
  #failure: ScanResult | undefined;

  constructor(listener: JsonListener, recorder: ByteRecorder) {
    this.#listener = listener;
    this.#recorder = recorder;
  }

  /** Where the byte is that the listener is being told of, from 0. Of a number in an object or a list, the byte behind it. */
  get position(): number {
    return this.#position;
  }

  /** Returns false when the document is broken: more of it would tell nothing. */
  write(bytes: Uint8Array): boolean {
    const table = this.#table;
    const recorder = this.#recorder;
    let state = this.#state;
    for (let index = 0; index < bytes.length; index++) {
      const byte = bytes[index] as number;
      const entry = table[(state << 8) | byte] as number;
      let next = entry & NEXT_STATE;
      const event = entry ^ next;
      if (event !== Event.none) this.#position = this.#offset + index;
      if (event === Event.structure) next = this.#structure(byte, state);
      else if (event === Event.begin) this.#begin(state);
      if (next === State.broken) return this.#fail(state, this.#offset + index);
      // White space counts inside strings only.
      if (byte > SPACE || state === State.string) {
        if (recorder.recording) recorder.push(byte);
        if (this.#capturing) this.#capture(byte);
      }
      state = event === Event.end ? this.#end() : next;
    }
    this.#state = state;
    this.#offset += bytes.length;
    return true;
  }

  /** To be called when there are no more bytes. */
  end(): ScanResult {
    if (this.#failure !== undefined) return this.#failure;
    if (this.#depth === 0 && endsNumber(this.#state)) this.#state = this.#end();
    if (this.#depth === 0 && this.#state === State.more) return { kind: 'complete' };
    return this.#began ? { kind: 'truncated', length: this.#offset } : { kind: 'empty' };
  }

  #begin(state: number): void {
    this.#began = true;
    this.#inKey = state === State.key || state === State.firstKey;
    this.#capturing = this.#listener.wantsText;
    this.#textLength = 0;
  }

  #capture(byte: number): void {
    if (this.#textLength < MAX_TEXT_BYTES) this.#text[this.#textLength] = byte;
    this.#textLength++;
  }

  #end(): number {
    const wanted = this.#capturing && this.#textLength <= MAX_TEXT_BYTES;
    const raw = wanted ? this.#text.toString('utf8', 0, this.#textLength) : undefined;
    this.#capturing = false;
    if (!this.#inKey) {
      this.#listener.scalar(raw);
      return State.more;
    }
    this.#inKey = false;
    this.#listener.key(raw === undefined ? undefined : (JSON.parse(raw) as string));
    return State.colon;
  }

  #structure(byte: number, state: number): number {
    if (endsNumber(state)) this.#end();
    if (byte === OPEN_BRACE || byte === OPEN_BRACKET) return this.#push(byte);
    if (this.#depth === 0) return State.broken;
    const innermost = this.#open[this.#depth - 1] as number;
    if (byte === COMMA) return innermost === OPEN_BRACE ? State.key : State.value;
    if (byte !== innermost + CLOSING) return State.broken;
    this.#depth--;
    this.#listener.close();
    return State.more;
  }

  #push(byte: number): number {
    this.#began = true;
    this.#tooDeep = this.#depth === MAX_DEPTH;
    if (this.#tooDeep) return State.broken;
    this.#open[this.#depth++] = byte;
    this.#listener.open(byte === OPEN_BRACE ? '{' : '[');
    return byte === OPEN_BRACE ? State.firstKey : State.firstElement;
  }

  #fail(state: number, offset: number): false {
    const done = this.#depth === 0 && (state === State.more || endsNumber(state));
    this.#failure = { kind: this.#tooDeep ? 'too-deep' : done ? 'trailing' : 'invalid', offset };
    return false;
  }
}
