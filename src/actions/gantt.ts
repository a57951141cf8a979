import type { Bar } from '../job/blocks.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How the axis of a chart is divided: the first step of which there are few enough in the whole. */
const STEPS: readonly Step[] = [
  ...[1, 2, 5, 10, 15, 30].map((count) => step(count, 'second', SECOND, '%H:%M:%S')),
  ...[1, 2, 5, 10, 15, 30].map((count) => step(count, 'minute', MINUTE, '%H:%M')),
  ...[1, 2, 3, 6].map((count) => step(count, 'hour', HOUR, '%H:%M')),
  step(1, 'day', DAY, '%b %d'),
  step(1, 'week', 7 * DAY, '%b %d'),
];

interface Step {
  readonly interval: string;
  readonly ms: number;
  /** Tells one tick from the next, and no more: there is little room on a phone. */
  readonly format: string;
}

function step(count: number, unit: string, unitMs: number, format: string): Step {
  return { interval: `${count}${unit}`, ms: count * unitMs, format };
}

/** So many labels fit side by side on a phone. */
const MOST_STEPS = 3.5;

/**
 * The lines that say what the axis of a chart looks like.
 *
 * @see https://mermaid.js.org/syntax/gantt.html
 */
export function axisLines(bars: readonly Bar[]): readonly string[] {
  const span = Math.max(...bars.map(({ to }) => to)) - Math.min(...bars.map(({ from }) => from));
  const { interval, format } = (STEPS.find(({ ms }) => span <= ms * MOST_STEPS) ?? STEPS.at(-1)) as Step;
  return ['dateFormat x', `axisFormat ${format}`, `tickInterval ${interval}`, 'todayMarker off'];
}
