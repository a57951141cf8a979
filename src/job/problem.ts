/** What went wrong, as a person reads it. */
export interface Problem {
  readonly title: string;
  readonly message: string;
  /** The error that it tells of. */
  readonly cause?: unknown;
  /** For whoever debugs. */
  readonly stack?: string;
}
