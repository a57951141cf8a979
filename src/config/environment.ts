/** A process environment, `INPUT_*` included. */
export type Environment = Readonly<Record<string, string | undefined>>;
