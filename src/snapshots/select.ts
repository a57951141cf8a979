import type { SnapshotReference } from '../config/snapshot-reference.js';
import type { SnapshotKind } from '../names/snapshot-key.js';
import type { ListedSnapshot } from './catalogue.js';
import { newestFirst } from './newest.js';

/** What a reference leads to in a catalogue. */
export type Selection =
  | { readonly kind: 'found'; readonly snapshot: ListedSnapshot }
  /** `passedOver` would have been meant, newest first, but for their kind: such a copy is named by its key. */
  | { readonly kind: 'none'; readonly passedOver: readonly ListedSnapshot[] }
  /** Different contents, all verified, have this serial. Newest first; a person has to name one by its key. */
  | { readonly kind: 'several'; readonly snapshots: readonly ListedSnapshot[] };

/** What is in no order of time: what Terraform could not upload, and what was there when somebody restored. */
const NEVER_LATEST: readonly SnapshotKind[] = ['errored', 'pre-restore'];

/** Chooses the snapshot of a catalogue that a reference means. */
export function selectSnapshot(
  snapshots: readonly ListedSnapshot[],
  reference: SnapshotReference,
): Selection {
  switch (reference.kind) {
    case 'latest':
      return newestOf(snapshots, ({ kind }) => !NEVER_LATEST.includes(kind));
    case 'latest-verified':
      return newestOf(snapshots, isVerified);
    case 'before':
      return newestOf(
        snapshots.filter(({ lastModified }) => lastModified <= reference.moment),
        isVerified,
      );
    case 'serial':
      return ofSerial(snapshots.filter(({ serial }) => serial === reference.serial));
    case 'key':
      return newestOf(
        snapshots.filter(({ key }) => isNamed(key, reference.key)),
        () => true,
      );
  }
}

const isVerified = ({ kind }: ListedSnapshot) => kind === 'verified';

function newestOf(
  snapshots: readonly ListedSnapshot[],
  isMeant: (snapshot: ListedSnapshot) => boolean,
): Selection {
  const [snapshot] = snapshots.filter(isMeant).sort(newestFirst);
  return snapshot
    ? { kind: 'found', snapshot }
    : { kind: 'none', passedOver: snapshots.toSorted(newestFirst) };
}

/** Of one content, written more than once, the newest will do: a tag is the content's. */
function ofSerial(snapshots: readonly ListedSnapshot[]): Selection {
  const verified = snapshots.filter(isVerified);
  return new Set(verified.map(({ tag }) => tag)).size > 1
    ? { kind: 'several', snapshots: verified.sort(newestFirst) }
    : newestOf(snapshots, isVerified);
}

const isNamed = (key: string, wanted: string) => key === wanted || key.endsWith(`/${wanted}`);
