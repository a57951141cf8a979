import type { JobStatus } from '../../config/job-status.js';
import type { Clock } from '../../job/clock.js';
import type { Processes } from '../../job/processes.js';
import type { Report } from '../../job/report.js';
import type { Runner } from '../../job/runner.js';
import type { Workspace } from '../../job/workspace.js';
import type { Lock } from '../../lock/lock.js';
import type { StateStores } from '../../snapshots/catalogue.js';
import type { RunState, StateRun } from './run-state.js';

/** What the post step works with. */
export interface ReleaseParts {
  readonly runState: RunState;
  /** Opens what main worked on. */
  readonly open: (state: StateRun) => OpenedState;
  readonly processes: Processes;
  /** @param workingDirectory As in the settings. */
  readonly workspace: (workingDirectory?: string) => Workspace;
  readonly machine: MachineNames;
  /** Of the post step. It makes post more careful, and decides nothing else. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly jobStatus?: JobStatus;
  readonly runner: Pick<Runner, 'exportVariable'>;
  readonly report: Report;
  readonly clock: Clock;
  readonly random: () => number;
}

/** By what a Terraform of this job names itself in its own lock. */
export interface MachineNames {
  readonly users: readonly string[];
  readonly host: string;
}

/** The ways to a state and to its lock. Each may be gone more than once: what it takes is loaded once. */
export interface OpenedState {
  /** @returns undefined when none is configured */
  readonly openLock: () => Promise<Lock | undefined>;
  /** Terraform's own, where this job held another one beside it. */
  readonly openTerraformLock: () => Promise<Lock | undefined>;
  readonly openState: () => Promise<StateStores>;
  /** Whether the requests are signed with other credentials than main's by now. */
  readonly isAnother: () => boolean;
}

/** The post step of one state. */
export type StateParts = ReleaseParts & StateRun & OpenedState;
