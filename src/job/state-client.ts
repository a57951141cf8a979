/** A Terraform or an OpenTofu of this machine, which was led to where a drill restores states. */
export interface StateClient {
  /** As it calls itself: `Terraform v1.11.4`. */
  readonly name: string;
  /**
   * What it sees in the state of one workspace: the addresses of resource instances, as `state list` prints them.
   *
   * @throws StateClientError if it does not list them; the signal's reason once it aborts
   */
  listState(workspace: string, signal: AbortSignal): Promise<readonly string[]>;
  /** Removes what it left on this machine. */
  close(): Promise<void>;
}

/** A command of the client that failed, with what it said at last. */
export class StateClientError extends Error {
  override readonly name = 'StateClientError';
}
