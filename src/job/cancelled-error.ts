/** The reason of an abort when the runner cancels the step. */
export class CancelledError extends Error {
  override readonly name = 'CancelledError';
}
