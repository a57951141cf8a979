import type { StateSource } from '../../state/state-source.js';

/**
 * Where snapshots are restored for trial: in the states' bucket, with the digests in the table of the states, so that all is as in
 * a restore but for the place.
 */
export interface Scratch {
  /** What the paths of this drill begin with, without `/` at its end. */
  readonly folder: string;
  /** Writes a state as Terraform does: its object, then its digest. */
  put(path: string, state: ScratchState, signal?: AbortSignal): Promise<void>;
  /** Reads a state as Terraform does. */
  open(path: string): Promise<StateSource>;
  /** Takes digest and object away; where there are none, nothing is done. */
  remove(path: string, signal?: AbortSignal): Promise<void>;
  /** What is there of any drill. */
  list(signal?: AbortSignal): AsyncIterable<ScratchObject>;
}

export interface ScratchState {
  readonly body: Uint8Array;
  /** In lower-case hex. */
  readonly md5: string;
}

export interface ScratchObject {
  readonly path: string;
  /** By the store's clock, in milliseconds since the Unix epoch. */
  readonly storedAt: number;
}
