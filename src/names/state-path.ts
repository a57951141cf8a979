import { posix } from 'node:path';

/**
 * The key of a workspace's state. Terraform joins, and so cleans, the path of all workspaces but `default`.
 * @see https://github.com/hashicorp/terraform/blob/main/internal/backend/remote-state/s3/backend_state.go
 */
export function statePathOf(state: { key: string; workspace: string; workspaceKeyPrefix: string }): string {
  if (state.workspace === 'default') return state.key;
  return posix.join(state.workspaceKeyPrefix, state.workspace, state.key);
}

/** Whether an object is no state whatever its bucket: a lock, or a record of ours beside a state. */
export function isRecord(key: string): boolean {
  return key.endsWith('.tflock') || /(?:^|\/)[^/]*\.lockkeeper[^/]*$/.test(key);
}
