/** The files of the job, as its steps have left them on this machine. */
export interface Workspace {
  /**
   * Looks for what `terraform init` leaves: `terraform.tfstate` in `.terraform`, or in whatever folder `TF_DATA_DIR`
   * named. Nothing is written, no link is followed, and an unreadable place is reported, not thrown.
   *
   * @param read Makes a backend of a file's text, or undefined of a file that is something else. Only it sees the text,
   * which may hold secrets.
   */
  findBackends<B>(read: (text: string) => B | undefined): Promise<BackendSearch<B>>;
}

export interface BackendSearch<B> {
  readonly found: readonly InitialisedBackend<B>[];
  /** Where there may be more. */
  readonly unseen: readonly Unseen[];
}

/** Times are milliseconds since the Unix epoch; paths have `/`, and those in the workspace begin there. */
export interface InitialisedBackend<B> {
  readonly file: string;
  readonly modifiedAt: number;
  readonly backend: B;
  /** What `terraform workspace select` left beside it. */
  readonly selected?: { readonly workspace: string; readonly modifiedAt: number };
}

/** A place that was not looked at. */
export interface Unseen {
  readonly path: string;
  readonly reason: 'missing' | 'unreadable' | 'link' | 'too-large' | 'too-deep' | 'too-many';
}
