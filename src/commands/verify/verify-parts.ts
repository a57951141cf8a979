import type { VerifySettings } from '../../config/settings.js';
import type { Clock } from '../../job/clock.js';
import type { Report } from '../../job/report.js';
import type { Runner } from '../../job/runner.js';
import type { StateStores } from '../../snapshots/catalogue.js';
import type { IndexStore } from '../../snapshots/index/index-store.js';
import type { ListRange } from '../../snapshots/index/reconcile.js';
import type { BucketVersioning } from '../../state/bucket-versioning.js';
import type { ListedState } from '../../state/listed-state.js';
import type { DrillPlace } from './drill/drill.js';

/** What the step works with. */
export interface VerifyParts {
  readonly settings: VerifySettings;
  readonly stores: VerifyStores;
  /** What a drill restores into; asked for only if there is one. */
  readonly openDrill: (signal: AbortSignal) => Promise<DrillPlace>;
  /** Keeps a line for each state where later steps find them. @returns where that is */
  readonly writeReport: (lines: readonly string[]) => Promise<string>;
  readonly runner: Pick<Runner, 'setOutput'>;
  readonly report: Report;
  readonly clock: Clock;
  /** Uniform in [0, 1): which snapshots are in a sample, and the pauses in bad weather. */
  readonly random: () => number;
  /** Aborts when the job is cancelled. */
  readonly signal: AbortSignal;
}

/** The states, their snapshots, and the index of these. */
export interface VerifyStores {
  readonly openState: (statePath: string) => Promise<StateStores>;
  readonly listStates: (signal: AbortSignal) => AsyncIterable<ListedState>;
  readonly listCatalogues: ListRange;
  readonly openIndex: () => Promise<IndexStore>;
  readonly bucketVersioning: (signal: AbortSignal) => Promise<BucketVersioning>;
}
