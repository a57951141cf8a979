import type { AccessKey, RestoreSettings } from '../../config/settings.js';
import { VERSION } from '../../names/version.js';
import { parseOfThisVersion } from '../hold/run-state.js';
import type { RestoreProgress } from './restore-state.js';

/** What the main step of `restore` hands to its post step through the runner, as one JSON value. */
export interface RestoreRunState {
  /** Of Lockkeeper. */
  readonly version: string;
  readonly settings: RestoreSettings;
  /** What main's requests were signed with. */
  readonly credentials: AccessKey;
  readonly progress: RestoreProgress;
}

export function formatRestoreRunState(state: Omit<RestoreRunState, 'version'>): string {
  return JSON.stringify({ version: VERSION, ...state } satisfies RestoreRunState);
}

/**
 * @returns undefined if main saved nothing: then it asked for nothing.
 * @throws Failure if this is not a run state of this version.
 */
export function parseRestoreRunState(text: string): RestoreRunState | undefined {
  return parseOfThisVersion<RestoreRunState>(text);
}
