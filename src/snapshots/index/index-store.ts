import type { CatalogueIndex } from './catalogue-index.js';
import { packIndex, unpackIndex } from './index-format.js';

/** Where the index of a bucket's catalogues is kept: one object, whatever is in it. */
export interface IndexStore {
  /** @returns undefined if there is none */
  read(signal?: AbortSignal): Promise<StoredIndex | undefined>;
  /**
   * @param replaced The version that was read; undefined if there was none. What is there otherwise stays.
   * @returns The version that is there now; `'refused'` if another run was faster.
   */
  write(
    body: Uint8Array,
    replaced: string | undefined,
    signal?: AbortSignal,
  ): Promise<WrittenIndex | 'refused'>;
}

export interface WrittenIndex {
  readonly version: string;
}

export interface StoredIndex extends WrittenIndex {
  readonly body: Uint8Array;
}

/** What was found where the index of a bucket should be. */
export interface FoundIndex {
  /** Absent where there is none, or none that can be read. */
  readonly index?: CatalogueIndex;
  /** Of the object that is there, for {@link saveIndex}; absent where there is none. */
  readonly version?: string;
}

/** @param bucket The states' bucket. */
export async function loadIndex(
  store: IndexStore,
  bucket: string,
  signal?: AbortSignal,
): Promise<FoundIndex> {
  const stored = await store.read(signal);
  if (!stored) return {};
  const index = await unpackIndex(bucket, stored.body);
  return { version: stored.version, ...(index && { index }) };
}

/** Writes the index in place of what was found, and of nothing else. */
export async function saveIndex(
  store: IndexStore,
  { bucket, index, replaced }: IndexToSave,
  signal?: AbortSignal,
): Promise<WrittenIndex | 'refused'> {
  return store.write(await packIndex(bucket, index), replaced, signal);
}

export interface IndexToSave {
  /** The states' bucket. */
  readonly bucket: string;
  readonly index: CatalogueIndex;
  /** As {@link loadIndex} found it. */
  readonly replaced: string | undefined;
}
