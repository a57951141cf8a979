/** Below the backup prefix, and no bucket's name: there snapshots are restored for trial. */
export const DRILL_FOLDER = '.drill/';

/** The last part of every key there: whatever has `.lockkeeper` in it is taken for no state by any listing. */
export const DRILL_KEY = 'restored.lockkeeper-drill';

/** The folder of all drills. */
export function drillsFolder(backupPrefix: string): string {
  return backupPrefix + DRILL_FOLDER;
}

/** The `workspace_key_prefix` of one drill: each of its states is a workspace, so that one `init` is for all. */
export function drillFolder(backupPrefix: string, drillId: string): string {
  return drillsFolder(backupPrefix) + drillId;
}

/** The path of a state in it. */
export function drillPath(folder: string, workspace: string): string {
  return `${folder}/${workspace}/${DRILL_KEY}`;
}
