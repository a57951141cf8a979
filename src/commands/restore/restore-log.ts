import type { RestoreSettings } from '../../config/settings.js';
import { formatSnapshotReference } from '../../config/snapshot-reference.js';
import type { Report } from '../../job/report.js';
import { formatBytes } from '../../words/bytes.js';
import { formatMoment } from '../../words/moment.js';
import { reachLine } from '../../words/reach.js';
import { countsOf } from '../hold/summary/change-blocks.js';
import { placeLines } from '../hold/summary/settings-lines.js';
import { isReadable } from './current-state.js';
import type { RestorePlan } from './restore-plan.js';

/** What a restore was asked for, for the log. */
export function restoreSettingsLines(settings: RestoreSettings): string[] {
  const { backup, restore } = settings;
  const reach = reachLine(settings);
  return [
    ...placeLines(settings),
    `Snapshots: in s3://${backup.bucket}/${backup.prefix}`,
    `Restore: ${formatSnapshotReference(restore.snapshot)}${restore.dryRun ? ', dry run' : ''}`,
    ...(reach === undefined ? [] : [reach]),
  ];
}

/** Says what a plan will do, and what of it a person should know before. */
export function tellPlan(report: Report, plan: RestorePlan, now: number): void {
  for (const line of planLines(plan, now)) report.info(line);
  for (const { title, message } of cautionsOf(plan)) report.warning(title, message);
}

/** What becomes of what, a line each. */
export function planLines(plan: RestorePlan, now: number): string[] {
  const { snapshot, serial, lineage, changes } = plan;
  const { listed, body, checked } = snapshot;
  return [
    `Snapshot ${listed.key}: serial ${snapshot.serial}, written ${formatMoment(listed.lastModified, now)}, ${formatBytes(body.length)}`,
    ...(checked
      ? []
      : ['No checksum was recorded with it, so whether its bytes are as they were is unknown.']),
    `What is there now: ${currentWords(plan, now)}`,
    plan.kind === 'in-place'
      ? 'The state is what the snapshot has already.'
      : `Serial ${serial.before ?? 'unknown'} -> ${serial.after}, lineage ${lineage.after}`,
    ...(changes ? [`Resources: ${countsOf(changes)}`, ...addresses(plan)] : []),
  ];
}

function currentWords({ current }: RestorePlan, now: number): string {
  if (current.kind === 'absent') return 'no state';
  const { serial, lineage } = current.inspection.header;
  const what = isReadable(current)
    ? `serial ${serial}, lineage ${lineage}`
    : 'nothing that Terraform would read';
  const written = `written ${formatMoment(current.version.lastModified, now)}`;
  return [what, written, formatBytes(current.body.length), ...current.doubts].join(', ');
}

/** More of them are in no log that somebody reads. */
const MOST_ADDRESSES = 50;

function addresses({ changes }: RestorePlan): string[] {
  if (!changes) return [];
  const lines = [
    ...changes.added.map((address) => `  + ${address}`),
    ...changes.removed.map((address) => `  - ${address}`),
    ...changes.changed.map((address) => `  ~ ${address}`),
  ];
  const more = lines.length - MOST_ADDRESSES;
  return more > 0 ? [...lines.slice(0, MOST_ADDRESSES), `  and ${more} more`] : lines;
}

/** What is no reason not to do it, and yet has to be known. */
export function cautionsOf({ snapshot, verbatim, kind }: RestorePlan): { title: string; message: string }[] {
  const { listed, serial } = snapshot;
  return [
    ...(listed.kind === 'doubtful'
      ? [
          {
            title: 'Snapshot is doubtful',
            message: `The snapshot ${listed.key} was not what Terraform's digest said when it was taken, so it may not be what Terraform had written last.`,
          },
        ]
      : []),
    ...(verbatim && kind === 'restore'
      ? [
          {
            title: 'Serial not raised',
            message: `OpenTofu has encrypted the state, its serial too, so it is put back as it is, with serial ${serial}. A plan that was saved at that serial fits it again: delete such plans, and make new ones.`,
          },
        ]
      : []),
  ];
}
