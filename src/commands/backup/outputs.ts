import type { Runner } from '../../job/runner.js';
import type { BackupResult } from './backup-result.js';

/** @param reportFile Where the lines of all states are. */
export function setOutputs(
  runner: Pick<Runner, 'setOutput'>,
  result: BackupResult,
  reportFile: string,
): void {
  const { states, copied, unchanged, failed, pruned, bytes, oldestAgeMs } = result.totals;
  const numbers = { states, copied, unchanged, failed, pruned, bytes } as const;
  for (const [name, value] of Object.entries(numbers))
    runner.setOutput(name as keyof typeof numbers, String(value));
  const seconds = oldestAgeMs === undefined ? '' : String(Math.floor(oldestAgeMs / 1_000));
  runner.setOutput('oldest_snapshot_age_seconds', seconds);
  runner.setOutput('report_file', reportFile);
}
