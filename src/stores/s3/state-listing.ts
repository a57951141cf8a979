import { isRecord } from '../../names/state-path.js';
import type { ListedState } from '../../state/listed-state.js';
import type { ConnectedS3 } from '../aws/clients.js';
import { listObjects } from './object-listing.js';

/** Where states are. */
export interface StatesFolder {
  readonly bucket: string;
  /** A folder of the same bucket that has no states, and may have many objects more; none unless given. */
  readonly without?: string;
}

/** Follows all that begins with the text that it is put behind: S3 orders keys by their bytes in UTF-8. */
const LAST_CHARACTER = '\u{10ffff}';

/**
 * Everything in a bucket that may be a state, in the order of paths. Left out are empty objects, which Terraform counts as
 * no state, records that are not states, and the folder `without`, of which one page is listed at most.
 */
export async function* listStates(
  s3: ConnectedS3,
  { bucket, without }: StatesFolder,
  signal?: AbortSignal,
): AsyncGenerator<ListedState> {
  let startAfter: string | undefined;
  let skips: boolean;
  do {
    skips = false;
    for await (const { key, bytes, etag, lastModified = 0 } of listObjects(
      s3,
      { bucket, startAfter },
      signal,
    )) {
      const isLeftOut = without !== undefined && key.startsWith(without);
      // What begins with that character itself comes behind it, and is passed one by one.
      skips = isLeftOut && startAfter === undefined;
      if (skips) break;
      if (!isLeftOut && bytes > 0 && !isRecord(key)) yield { path: key, bytes, etag, lastModified };
    }
    startAfter = `${without}${LAST_CHARACTER}`;
  } while (skips);
}
