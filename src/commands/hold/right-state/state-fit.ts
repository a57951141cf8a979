import type { RecordedBackend, RecordedLock, RecordedS3Backend } from '../../../config/recorded-backend.js';
import type { InitialisedBackend } from '../../../job/workspace.js';
import type { HeldMark } from '../../../names/held-variable.js';
import { lockPlace } from '../../../names/lock-place.js';
import { statePathOf } from '../../../names/state-path.js';

/** A state whose lock this step holds. */
export interface HeldState {
  readonly bucket: string;
  readonly statePath: string;
  readonly workspace: string;
  readonly s3Endpoint?: string;
  readonly dynamodbEndpoint?: string;
  readonly lock: RecordedLock;
}

/** What a job holds, as one of its steps sees it. */
export interface HeldByJob {
  readonly ours: HeldState;
  /** By which kind of lock another step of the job holds `<bucket>/<state path>`. */
  readonly heldByOther: (lockPath: string) => HeldMark['kind'] | undefined;
  /** Milliseconds since the Unix epoch, on the clock of the files. */
  readonly jobStartedAt: number;
  /** `TF_WORKSPACE` of the whole job, which beats what was selected. A step may have had its own. */
  readonly tfWorkspace?: string;
}

export type FoundBackend = InitialisedBackend<RecordedBackend>;

/** The first thing in which a backend differs from what is held. */
export type Difference =
  | 'type'
  | 'bucket'
  | 'key'
  | 'workspace'
  | 'endpoint'
  /** The state is ours, and so is the lock, but not of the kind or in the table that the backend's is. */
  | 'table'
  | 'lock-kind'
  /** Another step holds the state, under another kind of lock. */
  | 'lock-kind-of-other';

/** Whose a backend is. */
export type Fit =
  | { readonly kind: 'ours' }
  /** Ours, if the step ran in our workspace: a step's own `TF_WORKSPACE` leaves no trace. */
  | { readonly kind: 'perhaps-ours' }
  /** Another step's of this job. */
  | { readonly kind: 'others' }
  | { readonly kind: 'none'; readonly place?: string; readonly difference: Difference };

/**
 * Whether a step of the job holds the state of a backend, by a lock that keeps out all whom the backend's own keeps out.
 * Endpoints and tables are compared where both sides name one.
 */
export function fitOf({ backend, selected }: FoundBackend, held: HeldByJob): Fit {
  if (backend.kind === 'other') return { kind: 'none', difference: 'type' };
  const { ours } = held;
  const pathIn = (workspace: string) => statePathOf({ ...backend, workspace });
  const placeIn = (workspace: string) =>
    lockPlace({ bucket: backend.bucket, statePath: pathIn(workspace) }, 'state').path;
  const isOurs = (workspace: string) =>
    backend.bucket === ours.bucket && pathIn(workspace) === ours.statePath;
  const workspace = held.tfWorkspace ?? selected?.workspace ?? 'default';
  const place = placeIn(workspace);
  const difference = differenceFrom(ours, backend);
  if (isOurs(workspace)) return difference ? { kind: 'none', place, difference } : { kind: 'ours' };
  const isChosen = wasChosen(selected, held);
  const others = fitOfOthers(place, backend, held);
  if (others) return others;
  if (isOurs(ours.workspace)) {
    if (isChosen) return { kind: 'none', place, difference: 'workspace' };
    return difference
      ? { kind: 'none', place: placeIn(ours.workspace), difference }
      : { kind: 'perhaps-ours' };
  }
  const perhapsOthers = isChosen ? undefined : fitOfOthers(placeIn(ours.workspace), backend, held);
  if (perhapsOthers) return perhapsOthers;
  return { kind: 'none', place, difference: backend.bucket === ours.bucket ? 'key' : 'bucket' };
}

/** @returns undefined if no other step holds that place */
function fitOfOthers(place: string, { lock }: RecordedS3Backend, held: HeldByJob): Fit | undefined {
  const kind = held.heldByOther(place);
  if (kind === undefined) return undefined;
  return includes(kind, lock.kind)
    ? { kind: 'others' }
    : { kind: 'none', place, difference: 'lock-kind-of-other' };
}

/** Whether a step of this job chose another workspace than `default`. Else a step's own `TF_WORKSPACE` may have counted. */
function wasChosen(selected: FoundBackend['selected'], { jobStartedAt, tfWorkspace }: HeldByJob): boolean {
  if (selected === undefined || tfWorkspace !== undefined) return false;
  return selected.modifiedAt >= jobStartedAt && selected.workspace !== 'default';
}

/** In what the same path is another place, or is locked in another way. */
function differenceFrom(ours: HeldState, theirs: RecordedS3Backend): Difference | undefined {
  const endpoints = [
    [ours.s3Endpoint, theirs.s3Endpoint],
    [ours.dynamodbEndpoint, theirs.dynamodbEndpoint],
  ] as const;
  if (endpoints.some(([one, other]) => one && other && hrefOf(one) !== hrefOf(other))) return 'endpoint';
  if (!includes(ours.lock.kind, theirs.lock.kind)) return 'lock-kind';
  const [ourTable, theirTable] = [ours.lock.table, theirs.lock.table].map(nameOfTable);
  return ourTable && theirTable && ourTable !== theirTable ? 'table' : undefined;
}

const PARTS: Readonly<Record<RecordedLock['kind'], readonly ('dynamodb' | 'lockfile')[]>> = {
  none: [],
  dynamodb: ['dynamodb'],
  lockfile: ['lockfile'],
  both: ['dynamodb', 'lockfile'],
};

/** Whether who holds `ours` keeps out everybody who takes `theirs`. */
function includes(ours: RecordedLock['kind'], theirs: RecordedLock['kind']): boolean {
  return PARTS[theirs].every((part) => PARTS[ours].includes(part));
}

/** OpenTofu takes a bare host too. */
function hrefOf(endpoint: string): string {
  const url = /^[a-z]+:\/\//i.test(endpoint) ? endpoint : `https://${endpoint}`;
  return URL.canParse(url) ? new URL(url).href : endpoint;
}

/** `arn:aws:dynamodb:eu-central-1:123456789012:table/locks` is a name too. */
const nameOfTable = (table: string | undefined) => table?.replace(/^arn:.*:table\//, '');
