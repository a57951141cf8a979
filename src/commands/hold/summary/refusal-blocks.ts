import type { Settings } from '../../../config/settings.js';
import { type Block, link, plain, type Text } from '../../../job/blocks.js';
import type { RunStatus } from '../../../lock/liveness.js';
import type { HeldLock } from '../../../lock/lock.js';
import { formatDuration } from '../../../words/duration.js';
import { nameOf } from '../../../words/holder.js';
import { unlockCommands } from '../../../words/how-to-unlock.js';

/** What a refusal is told with, beside the refusal itself. */
export interface RefusalFacts {
  readonly settings: Settings;
  /** Of this job's run: a link to the same site is a link to GitHub. */
  readonly runUrl: string;
  /** What GitHub says of the holder's run; absent where it says nothing. */
  readonly status?: RunStatus;
  /** Milliseconds since the Unix epoch. */
  readonly now: number;
}

/** A cell has no room for more. */
const LONGEST = 100;

/** Who holds the lock at a glance, and the way out, to be copied. */
export function refusalBlocks(by: HeldLock, facts: RefusalFacts): readonly Block[] {
  const commands = unlockCommands(facts.settings, by);
  return [
    {
      kind: 'rows',
      header: ['Held by', 'Since', 'Operation', 'Where'],
      rows: [[plain(nameOf(by), LONGEST), since(by, facts.now), operation(by), place(by, facts.runUrl)]],
    },
    ...(by.holder?.kept ? [{ kind: 'paragraph', text: keptFor(by.holder.kept) } as const] : []),
    { kind: 'paragraph', text: advice(by, facts.status, commands.length > 0) },
    { kind: 'code', language: 'sh', lines: commands },
  ];
}

function since({ info }: HeldLock, now: number): Text {
  const created = Date.parse(info?.Created ?? '');
  if (Number.isNaN(created)) return 'unknown';
  const minute = new Date(created).toISOString().slice(0, 16).replace('T', ' ');
  return `${minute} UTC, ${formatDuration(Math.max(0, now - created))}`;
}

const operation = ({ info }: HeldLock): Text => plain(info?.Operation || 'unknown', LONGEST);

/** The record is other people's text: its link is one only where it leads to the server that this job is on. */
function place({ info, holder }: HeldLock, runUrl: string): Text {
  if (!holder) return plain(info?.Info || 'no job of GitHub Actions', LONGEST);
  const text = `${holder.repository} · ${holder.job}`;
  const ours = URL.canParse(runUrl) && holder.runUrl.startsWith(`${new URL(runUrl).origin}/`);
  return ours ? link(text, holder.runUrl, LONGEST) : plain(text, LONGEST);
}

/** Why a post step has not released it. */
const keptFor = (reason: string): Text => ['Kept on purpose by its post step: ', plain(reason, LONGEST), '.'];

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
