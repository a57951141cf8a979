import type { ListedSnapshot } from '../catalogue.js';
import type { VersionMark } from '../index/catalogue-index.js';

/** What a person should look at: something that is wrong with one snapshot, or with one state. */
export interface Finding {
  /** Of the object that it is about: by this a person acknowledges it. */
  readonly key: string;
  readonly statePath: string;
  readonly doubt: Doubt;
}

/** What is wrong. */
export type Doubt =
  /** The bytes are not those that were stored. */
  | {
      readonly kind: 'altered';
      readonly what: 'length' | 'SHA-256' | 'MD5';
      readonly recorded: string;
      readonly found: string;
    }
  /** `reasons` is a sentence each, and quotes nothing of the state. */
  | { readonly kind: 'not-a-state'; readonly reasons: readonly string[] }
  /** Nothing says what the bytes were when it was stored. */
  | { readonly kind: 'unrecorded' }
  /** The name tells another serial than the content, which may tell none. */
  | { readonly kind: 'misnamed'; readonly named: number; readonly serial: number | undefined }
  /** An earlier snapshot of the same lineage and serial has another content. */
  | { readonly kind: 'same-serial'; readonly serial: number; readonly other: string }
  /** The snapshot before it, of the same lineage, has a higher serial. */
  | {
      readonly kind: 'falling-serial';
      readonly serial: number;
      readonly other: string;
      readonly otherSerial: number;
    }
  /** It could not be read. */
  | { readonly kind: 'unread'; readonly error: unknown }
  /** It was there when the catalogue was listed, and not any more when it was to be read. */
  | { readonly kind: 'gone' }
  /** The index knows it as the newest verified one, and the catalogue has neither it nor a newer one. */
  | { readonly kind: 'vanished'; readonly mark: VersionMark }
  /** The state has no verified snapshot at all; `others` is how many copies of it there are that are not verified. */
  | { readonly kind: 'no-snapshot'; readonly others: number }
  /** The version that the state has now has no verified snapshot; earlier ones have, or it was only just made. */
  | { readonly kind: 'unsaved' }
  | DrillDoubt;

/** What a restore for trial showed. */
export type DrillDoubt =
  /** The client did not list the state, or it could not be put in its place. `output` is the client's own last words. */
  | { readonly kind: 'drill-failed'; readonly error: unknown }
  /** The client sees other resources than are in the snapshot. */
  | {
      readonly kind: 'drill-differs';
      readonly missing: readonly string[];
      readonly unexpected: readonly string[];
    };

/**
 * Whether it must not be green before somebody has looked. What is left is told all the same: a version that no run has saved
 * yet, and an old snapshot or a doubtful copy that somebody may have removed on purpose.
 */
export function isRed({ doubt }: Finding): boolean {
  switch (doubt.kind) {
    case 'unsaved':
    case 'gone':
      return false;
    case 'vanished':
    case 'altered':
    case 'not-a-state':
    case 'unrecorded':
    case 'misnamed':
    case 'same-serial':
    case 'falling-serial':
    case 'unread':
    case 'no-snapshot':
    case 'drill-failed':
    case 'drill-differs':
      return true;
  }
}

/** Oldest first. Where all else is the same, keys decide. */
export function oldestFirst(one: ListedSnapshot, other: ListedSnapshot): number {
  return one.lastModified - other.lastModified || one.serial - other.serial || (one.key < other.key ? -1 : 1);
}

/** Of snapshots that are sorted by {@link oldestFirst}. */
export function newestVerified(snapshots: readonly ListedSnapshot[]): ListedSnapshot | undefined {
  return snapshots.findLast(({ kind }) => kind === 'verified');
}
