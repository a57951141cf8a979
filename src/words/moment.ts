import { formatDuration } from './duration.js';

/** When something was, to the minute, and how long ago, for the log: `2026-11-22 01:15 UTC, 3d 4h ago`. Both in ms. */
export function formatMoment(epochMs: number, now: number): string {
  const minute = new Date(epochMs).toISOString().slice(0, 16).replace('T', ' ');
  return `${minute} UTC, ${formatDuration(Math.max(0, now - epochMs))} ago`;
}
