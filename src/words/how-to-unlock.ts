import type { Backend, LockKind, Settings } from '../config/settings.js';
import { partVersions } from '../lock/both.js';
import type { HeldLock } from '../lock/lock.js';
import { type LockPlace, lockPlace } from '../names/lock-place.js';

/** These are pasted into a shell, and come from outside. */
const SAFE_ID = /^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/;
const SAFE_ETAG = /^"?[A-Za-z0-9-]{1,64}"?$/;

/**
 * The exact command that frees a lock, for a person who knows that its holder is gone.
 *
 * Terraform knows only its own lock, and frees that of the workspace it is in; a lock of scope `pipeline` is freed
 * with the AWS CLI.
 *
 * @param held The record to free. Its version is unknown while a lock is being asked for.
 */
export function unlockCommand(
  { backend, locking: { kind, scope } }: Pick<Settings, 'backend' | 'locking'>,
  held: Pick<HeldLock, 'info'> & Partial<HeldLock>,
): string {
  const place = lockPlace(backend, scope);
  const id = held.info?.ID ?? '';
  if (!SAFE_ID.test(id)) return `the S3 or DynamoDB console, where its record is ${place.path}`;
  if (scope === 'state') {
    const inWorkspace = backend.workspace === 'default' ? '' : `TF_WORKSPACE='${backend.workspace}' `;
    return `\`${inWorkspace}terraform force-unlock -force ${id}\``;
  }
  return awsCommands(kind, backend, { place, id, version: held.version ?? '' })
    .map((command) => `\`${command}\``)
    .join(' and ');
}

interface Target {
  readonly place: LockPlace;
  readonly id: string;
  readonly version: string;
}

function awsCommands(kind: LockKind, backend: Backend, { place, id, version }: Target): string[] {
  const at = (endpoint: string | undefined) =>
    ` --region ${backend.region}${endpoint ? ` --endpoint-url ${quoted(endpoint)}` : ''}`;
  const lockfile = (etag: string) =>
    `aws s3api delete-object --bucket ${quoted(place.bucket)} --key ${quoted(place.lockfileKey)}` +
    `${SAFE_ETAG.test(etag) ? ` --if-match ${quoted(etag)}` : ''}${at(backend.s3Endpoint)}`;
  const item = (table: string) =>
    `aws dynamodb delete-item --table-name ${quoted(table)} ` +
    `--key ${quoted(JSON.stringify({ LockID: { S: place.path } }))} --condition-expression 'contains(Info, :id)' ` +
    `--expression-attribute-values '{":id":{"S":"${id}"}}'${at(backend.dynamodbEndpoint)}`;
  switch (kind.kind) {
    case 'none':
      return [];
    case 'lockfile':
      return [lockfile(version)];
    case 'dynamodb':
      return [item(kind.table)];
    case 'both':
      return [lockfile(partVersions(version)[0] ?? ''), item(kind.table)];
  }
}

/** One word for a POSIX shell. */
const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
