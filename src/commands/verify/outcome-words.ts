import { spellCount } from '../../words/counts.js';
import type { IndexOutcome } from './overview.js';
import type { DrillResults } from './verify-results.js';

/** What became of the index, in a sentence or two. */
export function indexWords(index: IndexOutcome): string {
  if (index.kind === 'failed') return 'The index of the snapshots could not be made anew.';
  const written = index.written === 'written' ? '' : ' Another run has written it meanwhile.';
  switch (index.was) {
    case 'right':
      return `The index of the snapshots was right.${written}`;
    case 'behind':
      return `The index of the snapshots was behind, as jobs leave it, and was made anew. States concerned: ${index.behind}.${written}`;
    case 'absent':
      return `There was no index of the snapshots yet; it was made.${written}`;
    case 'unreadable':
      return `The index of the snapshots could not be read, and was made anew.${written}`;
  }
}

/** What was restored for trial, in a sentence or two. */
export function drillWords({ client, outcomes, leftOvers }: DrillResults): string {
  const counted = [
    ...(client === undefined ? [] : [`${spellCount(outcomes.listed)} listed by ${client}`]),
    ...(outcomes['read-back'] > 0 ? [`${spellCount(outcomes['read-back'])} read back`] : []),
    ...(outcomes.encrypted > 0
      ? [`${spellCount(outcomes.encrypted)} encrypted by OpenTofu, which only its key can list, read back`]
      : []),
  ];
  const left = leftOvers > 0 ? ` Left by a drill that was killed, and removed: ${leftOvers}.` : '';
  return `Restored for trial: ${counted.join('; ') || 'none'}.${left}`;
}
