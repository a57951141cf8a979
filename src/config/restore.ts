import type { backupRunInputs } from './attributes/backup-run.js';
import type { restoreInputs } from './attributes/restore.js';
import { boolean } from './formats.js';
import type { InputReader } from './input-reader.js';
import type { RestoreChoice } from './settings.js';
import { snapshotReference } from './snapshot-reference.js';

interface Readers {
  readonly inputs: InputReader<typeof restoreInputs>;
  readonly run: InputReader<typeof backupRunInputs>;
}

/** What is restored, and what may come of it. */
export function parseRestoreChoice({ inputs, run }: Readers): RestoreChoice {
  if (inputs.given('snapshot') === undefined) inputs.report('Input "snapshot" is required.');
  return {
    // What stands in for one that is missing is never used: the problem ends the step.
    snapshot: inputs.read('snapshot', snapshotReference) ?? { kind: 'latest-verified' },
    allowLineageChange: inputs.read('allow_lineage_change', boolean),
    dryRun: run.read('dry_run', boolean),
  };
}
