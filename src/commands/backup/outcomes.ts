import type { IndexEntry } from '../../snapshots/index/catalogue-index.js';
import type { ListedState } from '../../state/listed-state.js';
import type { Failure } from '../../words/failure.js';

/** What became of one state. */
export interface Outcome {
  readonly state: ListedState;
  readonly result: Result;
  /** What its catalogue has now, as far as it is known; absent where it has nothing. */
  readonly entry?: IndexEntry;
  /** Absent where no rules were applied. */
  readonly pruning?: Pruning;
}

export type Result =
  /** Its version has a verified snapshot. `found`: one that the index did not know, such as that of a job. */
  | { readonly kind: 'unchanged'; readonly found: boolean }
  | ({ readonly kind: 'copied' } & Copy)
  /** A copy is there, and what it is a copy of may not be what Terraform last wrote. */
  | ({ readonly kind: 'doubtful'; readonly doubts: readonly string[] } & Copy)
  /** In a dry run. */
  | { readonly kind: 'would-copy' }
  /** It was listed, and had been deleted when it was read. */
  | { readonly kind: 'gone' }
  | { readonly kind: 'failed'; readonly failure: Failure };

export interface Copy {
  readonly key: string;
  /** Whether it is new; a doubtful one may be of a run before. */
  readonly created: boolean;
  /** Of the version that was read, which may be newer than the one that was listed. */
  readonly bytes: number;
  readonly lastModified: number;
  readonly tag: string;
  readonly serial?: number | undefined;
  readonly md5: string;
}

/** What the rules made of one catalogue. */
export interface Pruning {
  readonly kept: number;
  /** Names of snapshots; in a dry run, of those that would go. */
  readonly removed: readonly string[];
  /** In a dry run: of each snapshot whether it would stay, and why. */
  readonly planned?: readonly string[];
  readonly locked: number;
  /** When the last of the locked ones is free, in milliseconds since the Unix epoch; absent for a hold without end. */
  readonly lockedUntil?: number;
  readonly refused: number;
  /** Why nothing, or not all, was removed. */
  readonly problem?: Failure;
}

/** Whether the version that the state has is safe: there is a verified snapshot of it. */
export function isSafe({ result }: Outcome): boolean {
  return result.kind === 'unchanged' || result.kind === 'copied';
}

/** Outcomes of one kind, with what that kind has. */
export function ofKind<Kind extends Result['kind']>(
  outcomes: readonly Outcome[],
  kind: Kind,
): readonly (Outcome & { readonly result: Extract<Result, { readonly kind: Kind }> })[] {
  return outcomes.filter(
    (outcome): outcome is Outcome & { readonly result: Extract<Result, { readonly kind: Kind }> } =>
      outcome.result.kind === kind,
  );
}
