import { createHash, type Hash, hash } from 'node:crypto';
import type { ByteRecorder } from './json-scanner.js';

/** Enough to tell two contents of one address apart. */
const FINGERPRINT_BYTES = 8;
const BATCH_BYTES = 64 * 1024;

/**
 * Makes one fingerprint after the other, each of the bytes that were recorded since the last.
 *
 * A fingerprint cannot be turned back into its content, but who can guess the content can confirm the guess:
 * it belongs into no log and no output.
 */
export class Fingerprinter implements ByteRecorder {
  recording = false;
  readonly #batch = Buffer.alloc(BATCH_BYTES);
  #used = 0;
  #hash: Hash | undefined;

  /** Starts to record the value of `name`: the same value under another name is other content. */
  record(name: string): void {
    for (const byte of Buffer.from(name)) this.push(byte);
    this.recording = true;
  }

  push(byte: number): void {
    if (this.#used === BATCH_BYTES) this.#flush();
    this.#batch[this.#used++] = byte;
  }

  /** The fingerprint, in hex; the next one starts from nothing. */
  take(): string {
    const digest = this.#hash ? this.#flush().digest() : hash('sha256', this.#recorded(), 'buffer');
    this.#hash = undefined;
    this.#used = 0;
    return digest.toString('hex', 0, FINGERPRINT_BYTES);
  }

  #recorded(): Uint8Array {
    return this.#batch.subarray(0, this.#used);
  }

  /** Few instances are so large; for the others one call is faster, and leaves no object behind. */
  #flush(): Hash {
    this.#hash ??= createHash('sha256');
    this.#hash.update(this.#recorded());
    this.#used = 0;
    return this.#hash;
  }
}
