import type { VerifyDepth } from '../../config/settings.js';
import type { ListedSnapshot } from '../catalogue.js';
import { newestVerified } from './finding.js';
import { fallsByName } from './serials.js';

/**
 * Which snapshots of one catalogue are read: what the depth asks for, and those whose names raise a question that only their
 * lineage and content answer.
 *
 * @param snapshots The whole catalogue, oldest first.
 * @param random Uniform in [0, 1).
 * @returns Oldest first.
 */
export function chooseSnapshots(
  snapshots: readonly ListedSnapshot[],
  depth: VerifyDepth,
  random: () => number,
): readonly ListedSnapshot[] {
  const chosen = new Set([...byDepth(snapshots, depth, random), ...questioned(snapshots)]);
  return snapshots.filter((snapshot) => chosen.has(snapshot));
}

function byDepth(
  snapshots: readonly ListedSnapshot[],
  depth: VerifyDepth,
  random: () => number,
): readonly ListedSnapshot[] {
  const newest = newestVerified(snapshots);
  const first = newest ? [newest] : [];
  switch (depth.kind) {
    case 'newest':
      return first;
    case 'sample': {
      const others = snapshots.filter((snapshot) => snapshot !== newest);
      return [...first, ...anyOf(others, depth.others, random)];
    }
    case 'all':
      return snapshots;
  }
}

/** So many of them at random, each as likely as any other. */
function anyOf<T>(all: readonly T[], count: number, random: () => number): readonly T[] {
  const left = [...all];
  const drawn: T[] = [];
  while (drawn.length < count && left.length > 0) {
    const at = Math.floor(random() * left.length);
    drawn.push(...left.splice(at, 1));
  }
  return drawn;
}

/** Verified ones that share a serial with another, or whose serial is lower than that of the one before. */
function questioned(snapshots: readonly ListedSnapshot[]): readonly ListedSnapshot[] {
  const verified = snapshots.filter(({ kind }) => kind === 'verified');
  const counts = new Map<number, number>();
  for (const { serial } of verified) counts.set(serial, (counts.get(serial) ?? 0) + 1);
  const shared = verified.filter(({ serial }) => (counts.get(serial) ?? 0) > 1);
  return [...shared, ...fallsByName(snapshots).flat()];
}
