import type { RestoreSettings } from '../../config/settings.js';
import type { OutputName } from '../../job/runner.js';
import type { CarriedOut } from './carry-out.js';
import type { RestorePlan } from './restore-plan.js';

export type RestoreOutputs = Readonly<Partial<Record<OutputName, string>>>;

/**
 * The outputs of the step. What is not known is left out.
 *
 * @param done What was done; absent in a dry run.
 */
export function restoreOutputs(
  plan: RestorePlan,
  { backup }: Pick<RestoreSettings, 'backup'>,
  done?: CarriedOut,
): RestoreOutputs {
  const { snapshot, serial, lineage, changes } = plan;
  return {
    restored: String(done !== undefined && plan.kind === 'restore'),
    snapshot_bucket: backup.bucket,
    snapshot_key: snapshot.listed.key,
    ...(serial.before !== undefined && { serial_before: String(serial.before) }),
    serial_after: String(serial.after),
    state_lineage: lineage.after,
    ...(done?.preRestore && { pre_restore_key: done.preRestore.key }),
    ...(changes && {
      added: String(changes.added.length),
      removed: String(changes.removed.length),
      changed: String(changes.changed.length),
    }),
  };
}
