import { type Block, plain, type Span, type Text } from '../job/blocks.js';
import type { HeldLock } from '../lock/lock.js';
import { spellDuration } from './duration.js';
import { nameOf } from './holder.js';
import { runLink, runName } from './holder-span.js';

/** What a holder is shown with. */
export interface HolderFacts {
  /** Of this job's run: a link to the same site is a link to GitHub. */
  readonly runUrl: string;
  /** Milliseconds since the Unix epoch. */
  readonly now: number;
}

/** A cell has no room for more. */
const LONGEST = 100;

/** Who holds a lock at a glance, in a table that is no wider than a phone. */
export function holderTable(by: HeldLock, { runUrl, now }: HolderFacts): Block {
  return {
    kind: 'rows',
    header: ['Held by', plain(nameOf(by), LONGEST)],
    rows: [
      ['Since', since(by, now)],
      ['Operation', operation(by)],
      ['Where', place(by, runUrl)],
    ],
  };
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
  const { repository, runUrl: url } = holder;
  return runLink(`${repository} · ${runName(holder)}`, { repository, url }, { runUrl, longest: LONGEST });
}
