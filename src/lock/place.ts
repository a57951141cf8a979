import { lockedPath, lockfileKey } from '../config/object-keys.js';
import type { Backend, LockScope } from '../config/settings.js';

/** Where the records of a lock are. */
export interface LockPlace {
  readonly bucket: string;
  /** What people see, and the item's `LockID`: `<bucket>/<path>`. */
  readonly path: string;
  readonly lockfileKey: string;
}

/** The lock of a state: Terraform's own, or for scope `pipeline` one beside it. */
export function lockPlace({ bucket, statePath }: Backend, scope: LockScope): LockPlace {
  const path = lockedPath(statePath, scope);
  return { bucket, path: `${bucket}/${path}`, lockfileKey: lockfileKey(path) };
}
