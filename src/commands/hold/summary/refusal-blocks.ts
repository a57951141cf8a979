import type { LockedPlaces } from '../../../config/settings.js';
import { type Block, plain, type Text } from '../../../job/blocks.js';
import type { RunStatus } from '../../../lock/liveness.js';
import type { HeldLock } from '../../../lock/lock.js';
import { spellDuration } from '../../../words/duration.js';
import { holderTable } from '../../../words/holder-table.js';
import { unlockCommands } from '../../../words/how-to-unlock.js';

/** What a refusal is told with, beside the refusal itself. */
export interface RefusalFacts {
  readonly settings: LockedPlaces;
  /** Of this job's run: a link to the same site is a link to GitHub. */
  readonly runUrl: string;
  /** What GitHub says of the holder's run; absent where it says nothing. */
  readonly status?: RunStatus;
  /** How long this job has waited. */
  readonly waitedMs: number;
  /** Milliseconds since the Unix epoch. */
  readonly now: number;
}

/** A cell has no room for more. */
const LONGEST = 100;

/** Who holds the lock at a glance, and the way out, to be copied. */
export function refusalBlocks(by: HeldLock, facts: RefusalFacts): readonly Block[] {
  const commands = unlockCommands(facts.settings, by);
  const { holder } = by;
  return [
    holderTable(by, facts),
    ...(holder?.kept ? [{ kind: 'paragraph', text: keptFor(holder.kept) } as const] : []),
    { kind: 'paragraph', text: [waited(facts), advice(by, facts.status, commands.length > 0)] },
    { kind: 'code', language: 'sh', lines: commands },
  ];
}

/** Why a post step has not released it. */
const keptFor = (reason: string): Text => ['Kept on purpose by its post step: ', plain(reason, LONGEST), '.'];

const waited = ({ waitedMs }: RefusalFacts) =>
  waitedMs > 0
    ? `This job waited ${spellDuration(waitedMs)} for it, and did not start. `
    : 'This job did not start. ';

function advice({ holder }: HeldLock, status: RunStatus | undefined, hasCommand: boolean): string {
  const free = hasCommand ? 'free the lock:' : 'delete its record in the console of S3 or DynamoDB.';
  if (holder?.kept) {
    return `No job will release it any more. When nothing of that runs any more, compare the state with its last snapshot, and ${free}`;
  }
  if (!status) return `Run this job again when that is done. Only if you are sure that it is dead, ${free}`;
  return status.ended
    ? `GitHub says that this run has ended (${status.conclusion}), so nobody will release the lock: ${free}`
    : `It goes on, says GitHub. Run this job again when it is done. Only if that job is dead, ${free}`;
}
