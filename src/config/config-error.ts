/** The inputs cannot be used as they are. Holds every problem, so that one run is enough to mend them all. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  /** One sentence each, free of secrets. */
  readonly problems: readonly string[];

  /** @param problems - at least one; the message lists them, one a line. */
  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}
