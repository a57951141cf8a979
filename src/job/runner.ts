/** Names of the outputs in every `action.yml`. */
export type OutputName =
  | 'lock_id'
  | 'lock_path'
  | 'locked'
  | 'waited_seconds'
  | 'state_exists'
  | 'state_serial'
  | 'state_lineage'
  | 'state_md5'
  | 'snapshot_bucket'
  | 'snapshot_key'
  | 'snapshot_created'
  | 'report'
  | 'states'
  | 'checked'
  | 'findings'
  | 'acknowledged'
  | 'copied'
  | 'unchanged'
  | 'failed'
  | 'pruned'
  | 'bytes'
  | 'oldest_snapshot_age_seconds'
  | 'report_file'
  | 'restored'
  | 'serial_before'
  | 'serial_after'
  | 'pre_restore_key'
  | 'added'
  | 'removed'
  | 'changed';

/** What a command says to the runner, beside its log. */
export interface Runner {
  /** Hands `text` to post. A later call replaces an earlier one. */
  saveRunState(text: string): void;
  setOutput(name: OutputName, value: string): void;
  /** Sets an environment variable for the later steps of the job. */
  exportVariable(name: string, value: string): void;
}
