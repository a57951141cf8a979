import type { Report } from '../job/report.js';

/** A doubtful state is no reason to stop: it is what Terraform will find as well. */
export function warnOfDoubts(report: Report, doubts: readonly string[]): void {
  if (doubts.length > 0) report.warning('State is doubtful', doubts.join(' '));
}
