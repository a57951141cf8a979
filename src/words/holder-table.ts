import { type Block, link, plain, type Text } from '../job/blocks.js';
import type { HeldLock } from '../lock/lock.js';
import { formatDuration } from './duration.js';
import { nameOf } from './holder.js';

/** What a holder is shown with. */
export interface HolderFacts {
  /** Of this job's run: a link to the same site is a link to GitHub. */
  readonly runUrl: string;
  /** Milliseconds since the Unix epoch. */
  readonly now: number;
}

/** A cell has no room for more. */
const LONGEST = 100;

/** Who holds a lock, at a glance. */
export function holderTable(by: HeldLock, { runUrl, now }: HolderFacts): Block {
  return {
    kind: 'rows',
    header: ['Held by', 'Since', 'Operation', 'Where'],
    rows: [[plain(nameOf(by), LONGEST), since(by, now), operation(by), place(by, runUrl)]],
  };
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
