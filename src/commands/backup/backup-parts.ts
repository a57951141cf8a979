import type { BackupSettings } from '../../config/settings.js';
import type { Clock } from '../../job/clock.js';
import type { Job } from '../../job/job.js';
import type { Report } from '../../job/report.js';
import type { Runner } from '../../job/runner.js';
import type { StateStores } from '../../snapshots/catalogue.js';
import type { IndexStore } from '../../snapshots/index/index-store.js';
import type { ListRange } from '../../snapshots/index/reconcile.js';
import type { BucketVersioning } from '../../state/bucket-versioning.js';
import type { ListedState } from '../../state/listed-state.js';

/** What a backup of all states works with. No runner is needed for it: the CLI hands in others. */
export interface BackupParts {
  readonly settings: BackupSettings;
  readonly stores: BackupStores;
  readonly job: Pick<Job, 'runUrl' | 'commit'>;
  readonly runner: Pick<Runner, 'setOutput'>;
  /** Keeps a line for each state where later steps find them. @returns where that is */
  readonly writeReport: (lines: readonly string[]) => Promise<string>;
  /** Tells a monitor that all went well. @throws Error without the address in it, which is a secret */
  readonly callHeartbeat: (url: string, signal: AbortSignal) => Promise<void>;
  readonly report: Report;
  readonly clock: Clock;
  /** Aborts when the job is cancelled. */
  readonly signal: AbortSignal;
}

/** What the settings lead to. */
export interface BackupStores {
  /** Everything in the states' bucket that may be a state, in the order of S3. */
  listStates(signal?: AbortSignal): AsyncIterable<ListedState>;
  openState(statePath: string): Promise<StateStores>;
  /** Terraform's digests by the paths of states, of which a hundred are given at most. */
  readDigests(statePaths: readonly string[], signal?: AbortSignal): Promise<ReadonlyMap<string, string>>;
  openIndex(): Promise<IndexStore>;
  readonly listCatalogues: ListRange;
  bucketVersioning(signal?: AbortSignal): Promise<BucketVersioning>;
}
