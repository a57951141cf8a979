import { formatSnapshotReference, type SnapshotReference } from '../config/snapshot-reference.js';
import type { ListedSnapshot } from '../snapshots/catalogue.js';
import type { Selection } from '../snapshots/select.js';
import { Failure } from './failure.js';
import { formatMoment } from './moment.js';

/** Of several, a person needs no more to choose from. In a message that is cut anyway. */
const MOST = 10;

/** What was asked for, where, and when. */
interface Asked {
  readonly reference: SnapshotReference;
  /** Of the catalogue. */
  readonly prefix: string;
  /** Milliseconds since the Unix epoch. */
  readonly now: number;
}

/**
 * The snapshot that a reference leads to.
 *
 * @throws Failure where there is none, or more than one: it names those that a person can choose from
 */
export function chosenSnapshot(selection: Selection, { reference, prefix, now }: Asked): ListedSnapshot {
  const asked = formatSnapshotReference(reference);
  switch (selection.kind) {
    case 'found':
      return selection.snapshot;
    case 'none':
      throw new Failure('Snapshot not found', notFound(asked, prefix, namesOf(selection.passedOver, now)));
    case 'several':
      throw new Failure(
        'Snapshot not clear',
        `Snapshots with different contents have the serial that "${asked}" names. Name one of them by its key: ${namesOf(selection.snapshots, now)}.`,
      );
  }
}

function notFound(asked: string, prefix: string, others: string): string {
  const first = `No snapshot in ${prefix} is what "${asked}" means.`;
  return others === ''
    ? `${first} The action "inspect" shows those that there are.`
    : `${first} Copies that are not verified are taken by their key alone: ${others}.`;
}

function namesOf(snapshots: readonly ListedSnapshot[], now: number): string {
  const names = snapshots.slice(0, MOST).map(({ key, serial, lastModified }) => {
    const name = key.slice(key.lastIndexOf('/') + 1);
    return `${name} (serial ${serial}, ${formatMoment(lastModified, now)})`;
  });
  const more = snapshots.length > MOST ? [`and ${snapshots.length - MOST} more`] : [];
  return [...names, ...more].join(', ');
}
