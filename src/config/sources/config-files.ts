/** The user's files, by absolute paths. Nothing is thrown. */
export interface ConfigFiles {
  /** Links are followed. Undefined if there is no file, or none that can be read. */
  read(path: string): Uint8Array | undefined;
  /** The names of what is in a folder; undefined if there is none that can be read. */
  list(folder: string): readonly string[] | undefined;
  /** In milliseconds since the Unix epoch; undefined if there is no such file. */
  modifiedAt(path: string): number | undefined;
  /** The path without links; undefined if nothing is there. */
  realPath(path: string): string | undefined;
  /** Whether a path that there is lies in a folder when the links in both are followed. */
  isWithin(folder: string, path: string): boolean;
}
