import { createHash } from 'node:crypto';
import { inspectState, type StateInspection } from '../../state/inspection.js';

/** What the bytes of a snapshot are, whatever was recorded of them. */
export interface SnapshotContent {
  readonly bytes: number;
  /** In lower-case hex; so is `sha256`. */
  readonly md5: string;
  readonly sha256: string;
  readonly inspection: StateInspection;
}

/**
 * Reads a snapshot to its end, once, and holds no more of it than a piece: hashes and inspection see the same bytes.
 *
 * @throws what reading the pieces throws.
 */
export async function readContent(body: AsyncIterable<Uint8Array>): Promise<SnapshotContent> {
  const pieces = body[Symbol.asyncIterator]();
  const hashes = { md5: createHash('md5'), sha256: createHash('sha256') };
  let bytes = 0;
  const next = async (): Promise<Uint8Array | undefined> => {
    const { done, value } = await pieces.next();
    if (done) return undefined;
    bytes += value.length;
    hashes.md5.update(value);
    hashes.sha256.update(value);
    return value;
  };
  const inspection = await inspectState(untilEnd(next));
  // The inspection asks for nothing more once the JSON is broken, and the hashes are of all.
  while ((await next()) !== undefined);
  return { bytes, md5: hashes.md5.digest('hex'), sha256: hashes.sha256.digest('hex'), inspection };
}

async function* untilEnd(next: () => Promise<Uint8Array | undefined>): AsyncGenerator<Uint8Array> {
  for (let piece = await next(); piece !== undefined; piece = await next()) yield piece;
}
