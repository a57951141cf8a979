import type { AccessKey, Settings } from '../../config/settings.js';
import type { Job } from '../../job/job.js';
import { documentationUrl } from '../../names/documentation.js';
import { VERSION } from '../../names/version.js';
import { Failure } from '../../words/failure.js';
import type { AcquiredClaim, Claim } from './claim.js';
import type { SnapshotSummary, StateSummary } from './summary/summary-facts.js';

/** What main hands to post through the runner, as one JSON value: docs/decisions.md says why post trusts nothing else. */
export interface RunState {
  /** Of Lockkeeper. Main and post of one step are of one version. */
  readonly version: string;
  readonly job: Job;
  /** When the job began, on the clock of its files, in milliseconds since the Unix epoch. */
  readonly jobStartedAt: number;
  /** When main's process started, on the machine's scale; absent where post cannot look at processes. */
  readonly mainStartedAt?: number;
  /** One for now. */
  readonly states: readonly StateRun[];
}

/** What main did about one state. */
export interface StateRun {
  readonly settings: Settings;
  /** What main's requests were signed with. */
  readonly credentials: AccessKey;
  readonly progress: Progress;
}

/** How far main came. */
export type Progress =
  /** Main is at work. Saved before its first write, so wherever it ends, post knows what there may be to free. */
  | { readonly phase: 'unfinished'; readonly claim: Claim }
  /** Main failed, and gave back the lock that it had: nothing is left for post. */
  | { readonly phase: 'given-back' }
  /** Main is done, and the job goes on. Without a claim if no lock is configured. */
  | {
      readonly phase: 'ready';
      readonly claim?: AcquiredClaim;
      readonly before: StateBefore;
      /** The variables to which main adds `-lock=false`. Absent where it adds none. */
      readonly flagged?: readonly string[];
    };

/** The state as main found it. */
export interface StateBefore {
  readonly state: StateSummary;
  /** Absent when there was no state. */
  readonly etag?: string;
  readonly snapshot?: SnapshotSummary;
}

export function formatRunState(state: Omit<RunState, 'version'>): string {
  return JSON.stringify({ version: VERSION, ...state } satisfies RunState);
}

/**
 * @returns undefined if main saved nothing: then it asked for nothing, and there is nothing to free.
 * @throws Failure if this is not a run state of this version; it names the lock as far as it can be told.
 */
export function parseRunState(text: string): RunState | undefined {
  return parseOfThisVersion<RunState>(text);
}

/** The same of the run state of another action: it begins with its version, and has the lock info in it. */
export function parseOfThisVersion<State extends { readonly version: string }>(
  text: string,
): State | undefined {
  if (text === '') return undefined;
  const value: { version?: unknown } | null = parseJson(text);
  if (value?.version === VERSION) return value as State;
  const id = /"ID":"([A-Za-z0-9-]{1,64})"/.exec(text)?.[1];
  const wayOut = /"Path":"[^"]*\.lockkeeper"/.test(text)
    ? `How to free the lock ${id}, if it is still held, is at ${documentationUrl('troubleshooting.md#run-state-not-understood')}.`
    : `If the lock ${id} is still held, free it with \`terraform force-unlock -force ${id}\`.`;
  throw new Failure(
    'Run state not understood',
    'The main step was of another version of Lockkeeper than this post step, which cannot tell what there is to release. ' +
      (id ? wayOut : ''),
  );
}

function parseJson(text: string): { version?: unknown } | null {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
