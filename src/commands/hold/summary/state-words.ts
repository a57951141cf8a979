import type { HoldSummary, StateSummary } from './summary-facts.js';

/** What became of the state, in few words. */
export function serialWords({ change, before, after }: HoldSummary): string {
  switch (change) {
    case 'never-existed':
      return 'no state before or after';
    case 'unknown':
      return 'state unknown after the job';
    case 'unchanged':
      return before.serial === undefined ? 'unchanged' : `serial ${before.serial}, unchanged`;
    case 'changed':
      if (!before.exists) return `created, serial ${after?.serial ?? 'unknown'}`;
      if (!after?.exists) return 'state deleted';
      return `serial ${before.serial ?? 'unknown'} → ${after.serial ?? 'unknown'}`;
  }
}

/** What of a state is told before and after the job; what did not change is told once. */
export function fromTo(
  { before, after }: Pick<HoldSummary, 'before' | 'after'>,
  of: (state: StateSummary) => string | number,
): string {
  return [...new Set([of(before), after ? of(after) : 'unknown'])].join(' → ');
}
