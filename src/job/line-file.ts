/** A text file of this machine, which is written line by line. */
export interface LineFile {
  /** Its absolute path. */
  readonly path: string;
  /** Lines are written in the order in which they come. */
  write(line: string): void;
  /** @throws if anything could not be written */
  close(): Promise<void>;
}
