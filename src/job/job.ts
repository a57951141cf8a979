/** The job that a step runs in, as the runner tells it. */
export interface Job {
  readonly actor: string;
  readonly repository: string;
  readonly workflow: string;
  readonly runId: string;
  readonly runAttempt: string;
  /** As people see it: `#118`. Empty where the runner does not tell. */
  readonly runNumber: string;
  readonly name: string;
  readonly runnerName: string;
  readonly commit: string;
  /** The run's page. */
  readonly runUrl: string;
}
