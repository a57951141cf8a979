/** What a process prints, for tests that wait for something in it. */
export interface AwaitedText {
  /** To be called whenever there is more. */
  grown(): void;
  /** Resolves once `isThere` says so; rejects, with the error, if the process ends before. */
  waitUntil(isThere: () => boolean, error: () => Error): Promise<void>;
}

/** @param ended Settles when the process has ended and all of its text is there. */
export function awaitedText(ended: Promise<unknown>): AwaitedText {
  const watchers = new Set<() => void>();
  return {
    grown: () => {
      for (const watcher of watchers) watcher();
    },
    waitUntil: (isThere, error) =>
      new Promise((resolve, reject) => {
        const check = () => {
          if (isThere()) resolve();
        };
        watchers.add(check);
        check();
        const fail = () => reject(error());
        ended.then(fail, fail);
      }),
  };
}
