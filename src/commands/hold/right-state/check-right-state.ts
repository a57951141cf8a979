import { switchesLockOff } from '../../../config/locking.js';
import { parseRecordedBackend } from '../../../config/recorded-backend.js';
import type { StateParts } from '../post-parts.js';
import { heldByVariables, judge, type StateChange } from './right-state.js';
import { type RightStateWords, rightStateWords } from './right-state-words.js';
import type { HeldState } from './state-fit.js';

/**
 * Whether the job's Terraform worked on the state that it holds, in words.
 *
 * @returns undefined where Terraform took its own lock: then there is nothing to answer for.
 */
export async function checkRightState(
  parts: StateParts,
  change: StateChange,
): Promise<RightStateWords | undefined> {
  const { settings, runState, environment, workspace } = parts;
  if (!switchesLockOff(settings.locking)) return undefined;
  const { workingDirectory, unheld } = settings.workspace;
  const ours = heldState(parts);
  const judgement = judge({
    ours,
    heldByOther: heldByVariables(environment),
    jobStartedAt: runState.jobStartedAt,
    tfWorkspace: environment['TF_WORKSPACE'] || undefined,
    change,
    search: await workspace(workingDirectory).findBackends(parseRecordedBackend),
    workingDirectory,
    unheld,
  });
  return rightStateWords(judgement, ours);
}

function heldState({ settings }: StateParts): HeldState {
  const { bucket, statePath, workspace, s3Endpoint, dynamodbEndpoint } = settings.backend;
  const { lock } = settings.locking;
  const table = lock.kind === 'dynamodb' || lock.kind === 'both' ? lock.table : undefined;
  return { bucket, statePath, workspace, s3Endpoint, dynamodbEndpoint, lock: { kind: lock.kind, table } };
}
