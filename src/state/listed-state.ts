/** A state as a listing of its bucket shows it. */
export interface ListedState {
  readonly path: string;
  readonly bytes: number;
  /** As S3 gives it, in quotes. */
  readonly etag: string;
  /** Milliseconds since the Unix epoch. */
  readonly lastModified: number;
}
