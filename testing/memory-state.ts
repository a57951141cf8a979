import { md5Hex } from '../src/state/digest.js';
import type { StateSource } from '../src/state/state-source.js';
import type { StateWriter } from '../src/state/state-writer.js';
import { BUCKET, STATE_PATH } from './test-data.js';

/** What is stored where a state may be. A test may change it at any time. */
export interface MemoryState {
  body?: Uint8Array;
  /** Terraform's digest, if it keeps one. */
  digest?: string;
}

/** When the state was last written. */
export const WRITTEN_AT = Date.parse('2026-11-22T01:00:00Z');

/** A state in this process. */
export function memoryState(stored: MemoryState): StateSource {
  return {
    bucket: BUCKET,
    path: STATE_PATH,
    async get({ unlessEtag, signal }) {
      signal?.throwIfAborted();
      if (!stored.body?.length) return undefined;
      const etag = `"${md5Hex(stored.body)}"`;
      if (etag === unlessEtag) return 'unchanged';
      return { body: stored.body, etag, lastModified: WRITTEN_AT, encryption: { kind: 'aes256' } };
    },
    async digest(signal) {
      signal?.throwIfAborted();
      return stored.digest;
    },
  };
}

/** Writes the same state. */
export function memoryStateWriter(stored: MemoryState): StateWriter {
  const etag = () => stored.body && `"${md5Hex(stored.body)}"`;
  return {
    async emptyObject(signal) {
      signal?.throwIfAborted();
      return stored.body?.length === 0 ? etag() : undefined;
    },
    async put(body, over, signal) {
      signal?.throwIfAborted();
      if (stored.body && Buffer.compare(stored.body, body) === 0) return 'written';
      if (over?.etag !== etag()) return 'refused';
      stored.body = Uint8Array.from(body);
      return 'written';
    },
    digest: {
      async remove(read, signal) {
        signal?.throwIfAborted();
        if (stored.digest !== undefined && stored.digest !== read) return 'refused';
        delete stored.digest;
        return 'removed';
      },
      async put(md5, signal) {
        signal?.throwIfAborted();
        if (stored.digest !== undefined && stored.digest !== md5) return 'refused';
        stored.digest = md5;
        return 'written';
      },
    },
  };
}
