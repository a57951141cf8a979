import type { LockKind, Settings } from '../config/settings.js';
import { formatDuration } from '../duration.js';
import type { HeldLock } from '../lock/lock.js';
import { type LockPlace, lockPlace } from '../lock/place.js';

/** Who holds a lock, since when, for what, and where to look: one line, for the log and for errors. */
export function describeHolder({ info, holder }: HeldLock, now: number): string {
  if (!info) return 'an unreadable record, not written by Terraform';
  const since = Date.parse(info.Created);
  const age = Number.isNaN(since) ? '' : ` (${formatDuration(Math.max(0, now - since))})`;
  const facts = [
    `${info.Who || 'somebody'} since ${info.Created || 'an unknown time'}${age}`,
    info.Operation && `operation ${info.Operation}`,
    `lock ID ${info.ID || 'unknown'}`,
    holder ? `job "${holder.job}" of ${holder.repository}, ${holder.runUrl}` : info.Info,
  ];
  return facts.filter(Boolean).join('; ');
}

/** A lock ID is pasted into a shell, and this one comes from outside. */
const SAFE_ID = /^[A-Za-z0-9-]{1,64}$/;

/**
 * The exact command that frees a lock, for a person who knows that its holder is gone.
 *
 * Terraform knows only its own lock, and frees that of the workspace it is in; a lock of scope `pipeline` is freed
 * with the AWS CLI.
 */
export function unlockCommand(
  { backend, locking: { kind, scope } }: Pick<Settings, 'backend' | 'locking'>,
  id: string,
): string {
  const place = lockPlace(backend, scope);
  if (!SAFE_ID.test(id)) return `delete the record of ${place.path} by hand`;
  if (scope === 'state') {
    const inWorkspace = backend.workspace === 'default' ? '' : `TF_WORKSPACE='${backend.workspace}' `;
    return `\`${inWorkspace}terraform force-unlock -force ${id}\``;
  }
  return awsCommands(kind, place, id)
    .map((command) => `\`${command}\``)
    .join(' and ');
}

function awsCommands(kind: LockKind, { bucket, path, lockfileKey }: LockPlace, id: string): string[] {
  const lockfile = `aws s3api delete-object --bucket ${quoted(bucket)} --key ${quoted(lockfileKey)}`;
  const item = (table: string) =>
    `aws dynamodb delete-item --table-name ${quoted(table)} --key ${quoted(JSON.stringify({ LockID: { S: path } }))} ` +
    `--condition-expression 'contains(Info, :id)' --expression-attribute-values '{":id":{"S":"${id}"}}'`;
  switch (kind.kind) {
    case 'none':
      return [];
    case 'lockfile':
      return [lockfile];
    case 'dynamodb':
      return [item(kind.table)];
    case 'both':
      return [lockfile, item(kind.table)];
  }
}

/** One word for a POSIX shell. */
const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
