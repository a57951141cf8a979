import type { ListedSnapshot } from '../catalogue.js';
import type { Doubt } from './finding.js';

/** A verified snapshot that was read, and is a state. */
export interface ReadSnapshot {
  readonly snapshot: ListedSnapshot;
  readonly lineage: string | undefined;
  readonly sha256: string;
  /** By OpenTofu: the same content has other bytes each time. */
  readonly encrypted: boolean;
}

/** Pairs of verified snapshots that follow each other, and of which the later has the lower serial: earlier, later. */
export function fallsByName(snapshots: readonly ListedSnapshot[]): readonly (readonly ListedSnapshot[])[] {
  const verified = snapshots.filter(({ kind }) => kind === 'verified');
  return verified.flatMap((later, index) => {
    const earlier = verified[index - 1];
    return earlier && later.serial < earlier.serial ? [[earlier, later]] : [];
  });
}

export interface SerialDoubt {
  readonly snapshot: ListedSnapshot;
  readonly doubt: Doubt;
}

/**
 * What is wrong with the serials of one catalogue. Terraform raises the serial whenever the content changes, so within a lineage one
 * serial is one content, and a later state never has a lower one. What is read has to hold both of each pair of
 * {@link fallsByName}: then a pair of it that is not in there does not fall.
 *
 * A state that was made anew has another lineage, and begins again. Gaps are normal.
 *
 * @param read Oldest first.
 * @param all The whole catalogue, oldest first: it has the copies from before a restore.
 */
export function serialDoubts(
  read: readonly ReadSnapshot[],
  all: readonly ListedSnapshot[],
): readonly SerialDoubt[] {
  const restored = all.filter(({ kind }) => kind === 'pre-restore');
  const last = new Map<string | undefined, ReadSnapshot>();
  const first = new Map<string, ReadSnapshot>();
  return read.flatMap((later) => {
    const { snapshot, lineage, sha256, encrypted } = later;
    const { serial } = snapshot;
    const earlier = last.get(lineage);
    last.set(lineage, later);
    const place = JSON.stringify([lineage, serial]);
    const twin = first.get(place);
    if (!twin) first.set(place, later);
    const doubts: Doubt[] = [];
    if (twin && twin.sha256 !== sha256 && !(twin.encrypted && encrypted))
      doubts.push({ kind: 'same-serial', serial, other: twin.snapshot.key });
    const isRestored = earlier && encrypted && isRestoredBetween(restored, earlier.snapshot, snapshot);
    if (earlier && snapshot.serial < earlier.snapshot.serial && !isRestored) {
      const { key: other, serial: otherSerial } = earlier.snapshot;
      doubts.push({ kind: 'falling-serial', serial, other, otherSerial });
    }
    return doubts.map((doubt) => ({ snapshot, doubt }));
  });
}

/**
 * Whether `restore` lies between two states: it copies what it replaces. It raises the serial but for a state that OpenTofu has
 * encrypted, which holds its serial inside too, and so is put back as it is.
 */
function isRestoredBetween(
  restored: readonly ListedSnapshot[],
  earlier: ListedSnapshot,
  later: ListedSnapshot,
): boolean {
  return restored.some(
    ({ lastModified }) => lastModified >= earlier.lastModified && lastModified < later.lastModified,
  );
}
