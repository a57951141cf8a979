import type { Places } from '../../config/settings.js';
import { short } from '../../words/holder.js';
import { unlockCommands } from '../../words/how-to-unlock.js';
import type { HeldFinding } from './findings.js';

/** What becomes of a lock that is held, and how a person frees it. */
export interface LockOutlook {
  readonly sentences: string;
  /** None where its record may be more than a word to a shell. */
  readonly commands: readonly string[];
}

export function lockOutlook(places: Places, finding: HeldFinding): LockOutlook {
  const commands = unlockCommands(places, finding.by);
  const how = commands.length > 0 ? 'free the lock:' : 'delete its record in the console of S3 or DynamoDB.';
  return { sentences: sentencesOf(finding, how), commands };
}

/** @param how Ends the last of them. */
function sentencesOf({ by: { holder }, status }: HeldFinding, how: string): string {
  if (holder?.kept) {
    return `Its post step has kept it on purpose: ${short(holder.kept)}. No job will release it any more. When nothing of it runs any more, compare the state with its last snapshot, and ${how}`;
  }
  if (!holder) {
    return `It was not taken by this action, so GitHub knows nothing of it. Only if you are sure that it is dead, ${how}`;
  }
  if (!status)
    return `Whether its run goes on, GitHub does not tell. Only if you are sure that it is dead, ${how}`;
  return status.ended
    ? `GitHub says that its run has ended (${status.conclusion}), so nobody will release the lock. To go on, ${how}`
    : `GitHub says that its run goes on. Only if you are sure that it is dead, ${how}`;
}
