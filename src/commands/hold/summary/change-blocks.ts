import { type Block, type PlainText, plain } from '../../../job/blocks.js';
import type { ResourceChanges } from '../../../state/resources.js';
import { andMore, LONGEST, MOST } from './limits.js';

/** A list that fits on a screen is not folded. */
const SHORT_LIST = 10;

/** In the order in which they are told, with their signs in a diff. */
export const KINDS_OF_CHANGE = [
  { kind: 'added', sign: '+' },
  { kind: 'removed', sign: '-' },
  { kind: 'changed', sign: '~' },
] as const;

/** How many there are of each kind: `2 added, 1 changed`. */
export function countsOf(changes: ResourceChanges): string {
  const counts = KINDS_OF_CHANGE.map(({ kind }) => ({ kind, count: changes[kind].length }));
  const some = counts.filter(({ count }) => count > 0);
  return some.map(({ kind, count }) => `${count} ${kind}`).join(', ') || 'no resource changed';
}

/** Which ones, as a diff: short and open, or long and folded. */
export function changeList(changes: ResourceChanges): Block {
  const lines: readonly PlainText[] = KINDS_OF_CHANGE.flatMap(({ kind, sign }) => [
    ...changes[kind].slice(0, MOST.addresses).map((address) => [`${sign} `, plain(address, LONGEST.address)]),
    ...andMore(changes[kind], MOST.addresses).map((more) => `  ${more} ${kind}`),
  ]);
  const list: Block = { kind: 'code', language: 'diff', lines };
  return lines.length <= SHORT_LIST ? list : { kind: 'details', title: 'Changed resources', blocks: [list] };
}
