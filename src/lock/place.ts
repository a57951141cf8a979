import type { Backend, LockScope } from '../config/settings.js';

/** Where the records of a lock are. */
export interface LockPlace {
  readonly bucket: string;
  /** What people see, and the item's `LockID`: `<bucket>/<path>`. */
  readonly path: string;
  readonly lockfileKey: string;
}

/**
 * The lock of a state: Terraform's own, or for scope `pipeline` one beside it that Terraform does not know.
 *
 * @see https://github.com/hashicorp/terraform/blob/main/internal/backend/remote-state/s3/backend_state.go
 */
export function lockPlace({ bucket, statePath }: Backend, scope: LockScope): LockPlace {
  const locked = scope === 'state' ? statePath : `${statePath}.lockkeeper`;
  return { bucket, path: `${bucket}/${locked}`, lockfileKey: `${locked}.tflock` };
}
