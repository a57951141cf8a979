import { type JsonListener, JsonScanner } from './json-scanner.js';

/** Where something is written in a state. Bytes, from 0; `end` is the first one behind it. */
interface Span {
  readonly start: number;
  readonly end: number;
}

/** Terraform writes the serial among the first lines. */
const PIECE_BYTES = 64 * 1024;

/**
 * The same state with another serial: nothing but its digits change, so that whatever Terraform has written stays as it is.
 *
 * @param body A state that {@link inspectState} has no doubts about.
 * @throws if it has no serial.
 */
export function withSerial(body: Uint8Array, serial: number): Uint8Array {
  const { start, end } = serialSpan(body);
  return Buffer.concat([body.subarray(0, start), Buffer.from(String(serial)), body.subarray(end)]);
}

/**
 * Whether two states are the same, byte for byte, but for the digits of the serial.
 *
 * @throws as {@link withSerial}, for either of them.
 */
export function isSameButSerial(one: Uint8Array, other: Uint8Array): boolean {
  const here = serialSpan(one);
  const there = serialSpan(other);
  return (
    Buffer.compare(one.subarray(0, here.start), other.subarray(0, there.start)) === 0 &&
    Buffer.compare(one.subarray(here.end), other.subarray(there.end)) === 0
  );
}

function serialSpan(body: Uint8Array): Span {
  const finder = new SerialFinder();
  for (let start = 0; start < body.length && !finder.found; start += PIECE_BYTES) {
    if (!finder.scanner.write(body.subarray(start, start + PIECE_BYTES))) break;
  }
  if (!finder.found) throw new Error('The state has no serial.');
  return finder.found;
}

/** Listens for the key `serial` at the top of the document. */
class SerialFinder implements JsonListener {
  readonly scanner = new JsonScanner(this, { recording: false, push: () => {} });
  found: Span | undefined;
  #depth = 0;
  #key: string | undefined;

  get wantsText(): boolean {
    return this.#depth === 1;
  }

  open(): void {
    this.#depth++;
  }

  close(): void {
    this.#depth--;
  }

  key(name: string | undefined): void {
    if (this.#depth === 1) this.#key = name;
  }

  scalar(raw: string | undefined): void {
    // What is deeper is told without its text.
    if (this.found || this.#key !== 'serial' || raw === undefined) return;
    const end = this.scanner.position;
    this.found = { start: end - raw.length, end };
  }
}
