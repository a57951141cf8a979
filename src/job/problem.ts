/** What went wrong, as a person reads it. */
export interface Problem {
  readonly title: string;
  readonly message: string;
  /** For whoever debugs. */
  readonly stack?: string;
}
