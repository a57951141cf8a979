import type { LockSummary } from '../job/report.js';
import { formatDuration } from '../words/duration.js';
import { forMermaid } from './sanitise.js';

interface Bar {
  readonly verb: string;
  readonly whom?: string;
  /** As Mermaid's Gantt diagrams have it: `crit` is red, `done` grey, `active` blue. */
  readonly tag: 'crit' | 'done' | 'active';
  readonly from: number;
  readonly to: number;
}

/**
 * How long the lock was waited for and held, as a diagram; undefined when there is nothing to see.
 *
 * @param now Until then a lock was held that was not released; without it that is left out.
 * @see https://mermaid.js.org/syntax/gantt.html
 */
export function renderTimeline(lock: LockSummary, now: number | undefined): string | undefined {
  const bars = barsOf(lock, now).filter(({ from, to }) => to > from);
  if (bars.length === 0) return undefined;
  const lines = bars.map(({ verb, whom = '', tag, from, to }) => {
    const label = `${verb} ${formatDuration(to - from)}${whom}`;
    return `    ${label} :${tag}, ${Math.floor(from)}, ${Math.floor(to)}`;
  });
  return ['```mermaid', 'gantt', '    dateFormat x', '    axisFormat %H:%M:%S', ...lines, '```'].join('\n');
}

function barsOf(lock: LockSummary, now: number | undefined): readonly Bar[] {
  if (!('id' in lock)) return [];
  const { outcome, requestedAt, acquiredAt, releasedAt = now, waitedFor } = lock;
  const waited: Bar = {
    verb: 'Waited',
    whom: others(waitedFor),
    tag: 'done',
    from: requestedAt,
    to: acquiredAt,
  };
  if (releasedAt === undefined) return [waited];
  const tag = outcome === 'released' ? 'active' : 'crit';
  return [waited, { verb: 'Held', tag, from: acquiredAt, to: releasedAt }];
}

function others([first, ...more]: readonly string[]): string {
  if (first === undefined) return '';
  return ` for ${forMermaid(first)}${more.length > 0 ? ` and ${more.length} more` : ''}`;
}
