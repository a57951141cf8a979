import type { Settings } from '../../../config/settings.js';
import { type Block, plain, type Span, type Text } from '../../../job/blocks.js';
import type { RunStatus } from '../../../lock/liveness.js';
import type { HeldLock } from '../../../lock/lock.js';
import { spellDuration } from '../../../words/duration.js';
import { nameOf } from '../../../words/holder.js';
import { unlockCommands } from '../../../words/how-to-unlock.js';
import { jobName, runLink } from './holder-span.js';

/** What a refusal is told with, beside the refusal itself. */
export interface RefusalFacts {
  readonly settings: Settings;
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

/** Who holds the lock at a glance, in a table that is no wider than a phone, and the way out, to be copied. */
export function refusalBlocks(by: HeldLock, facts: RefusalFacts): readonly Block[] {
  const commands = unlockCommands(facts.settings, by);
  const { holder } = by;
  return [
    {
      kind: 'rows',
      header: ['Held by', plain(nameOf(by), LONGEST)],
      rows: [
        ['Since', since(by, facts.now)],
        ['Operation', operation(by)],
        ['Where', place(by, facts.runUrl)],
      ],
    },
    ...(holder?.kept ? [{ kind: 'paragraph', text: keptFor(holder.kept) } as const] : []),
    { kind: 'paragraph', text: [waited(facts), advice(by, facts.status, commands.length > 0)] },
    { kind: 'code', language: 'sh', lines: commands },
  ];
}

const DAY_MS = 86_400_000;

/** The time of day is enough for a lock of today. */
function since({ info }: HeldLock, now: number): Text {
  const created = Date.parse(info?.Created ?? '');
  if (Number.isNaN(created)) return 'unknown';
  const age = now - created;
  const [date, time] = [
    new Date(created).toISOString().slice(0, 10),
    new Date(created).toISOString().slice(11, 16),
  ];
  const when = Math.abs(age) < DAY_MS ? time : `${date} ${time}`;
  return `${when} UTC, ${spellDuration(Math.max(0, age))}`;
}

/** Terraform's name for what it does, without what all of them begin with. */
function operation({ info }: HeldLock): Text {
  const [, name] = /^OperationType([A-Z][a-z]+)$/.exec(info?.Operation ?? '') ?? [];
  return plain(name?.toLowerCase() ?? (info?.Operation || 'unknown'), LONGEST);
}

function place({ info, holder }: HeldLock, runUrl: string): Span {
  if (!holder) return plain(info?.Info || 'no job of GitHub Actions', LONGEST);
  return runLink(`${holder.repository} · ${jobName(holder)}`, holder.runUrl, { runUrl, longest: LONGEST });
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
