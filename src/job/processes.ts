/** The processes of the machine, or of the container, that a step runs on. */
export interface Processes {
  /** When this process started, as {@link ProcessId} has it; undefined where the machine cannot be looked at. */
  ownStart(): Promise<number | undefined>;
  /** @returns undefined where this machine does not let itself be looked at. */
  look(): Promise<Machine | undefined>;
  /**
   * The variables that `process` was started with and whose names begin with `prefix`. An environment holds secrets,
   * so nothing else of it leaves the implementation.
   *
   * @returns `'unknown'` if it may not be read, or is empty: neither tells whose the process is.
   */
  variablesOf(process: ProcessId, prefix: string): Promise<Variables | 'unknown' | 'gone'>;
  /**
   * Keeps what `process` writes to from closing for as long as this process lives. Without a reader, the line that
   * Terraform prints when it is interrupted kills it by SIGPIPE, before it has written its state.
   */
  holdOutput(process: ProcessId): Promise<void>;
  /** Sends SIGINT, unless the process has ended or its ID has gone to another one. */
  interrupt(process: ProcessId): Promise<'sent' | 'gone' | 'refused'>;
}

export type Variables = Readonly<Record<string, string>>;

/** IDs are used again, but not for two processes that start at the same time. */
export interface ProcessId {
  readonly pid: number;
  /** Milliseconds on the machine's own scale: comparable with one another, and not with a clock. */
  readonly startedAt: number;
}

export interface MachineProcess extends ProcessId {
  readonly parent: number;
  /** Absent where there are none, or the machine does not tell. */
  readonly session?: number;
  /** Numeric ID of the user it runs as. */
  readonly user: number;
  /** Base names of its executable, of what it was called by, and of the script that it runs. */
  readonly names: readonly string[];
}

/** What runs at one moment; what has ended and only waits to be collected is left out. */
export interface Machine {
  /** The process that looks. */
  readonly self: MachineProcess;
  /** The others, without order. */
  readonly others: readonly MachineProcess[];
}
