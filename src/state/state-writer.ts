import type { StateVersion } from './state-source.js';

/** The object that a state takes the place of. Its encryption is known where it was read as a state. */
export type ReplacedState = Pick<StateVersion, 'etag'> & Partial<Pick<StateVersion, 'encryption'>>;

/**
 * Where a state is written, as Terraform writes it. Every write is conditional on what was read, so that nothing is lost
 * that was written meanwhile.
 *
 * A write may be carried out and lose its answer, and be refused by itself when it is sent again: that is a success.
 */
export interface StateWriter {
  /** @returns The ETag of an object without a byte, which is no state and in the way of one; undefined if there is none. */
  emptyObject(signal?: AbortSignal): Promise<string | undefined>;
  /**
   * @param over The object that is to be replaced; undefined where there is none.
   * @returns `'refused'` if that is not what is there any more; nothing is written then.
   */
  put(
    body: Uint8Array,
    over: ReplacedState | undefined,
    signal?: AbortSignal,
  ): Promise<'written' | 'refused'>;
  /** Absent where Terraform keeps no digest, because it has no table. */
  readonly digest?: DigestWriter;
}

/** Where Terraform's digest of a state is written. */
export interface DigestWriter {
  /**
   * @param read The text that was read.
   * @returns `'refused'` if another one is there. One that is gone already counts as removed.
   */
  remove(read: string, signal?: AbortSignal): Promise<'removed' | 'refused'>;
  /**
   * Writes a digest where there is none.
   *
   * @param md5 In lower-case hex.
   * @returns `'refused'` if another one is there; nothing is written then.
   */
  put(md5: string, signal?: AbortSignal): Promise<'written' | 'refused'>;
}
