/** Where the records of a lock are. */
export interface LockPlace {
  readonly bucket: string;
  /** What people see, and the item's `LockID`: `<bucket>/<path>`. */
  readonly path: string;
  readonly lockfileKey: string;
}

/** The lock of a state: Terraform's own, or for scope `pipeline` one beside it that Terraform does not know. */
export function lockPlace(
  { bucket, statePath }: { readonly bucket: string; readonly statePath: string },
  scope: 'state' | 'pipeline',
): LockPlace {
  const path = scope === 'state' ? statePath : `${statePath}.lockkeeper`;
  return { bucket, path: `${bucket}/${path}`, lockfileKey: `${path}${LOCKFILE_SUFFIX}` };
}

/** @see https://github.com/hashicorp/terraform/blob/main/internal/backend/remote-state/s3/backend_state.go */
const LOCKFILE_SUFFIX = '.tflock';
