import type { Block } from '../job/blocks.js';

/** What a failure is told with beside its message. */
export type FailureOptions = ErrorOptions & Partial<Pick<Failure, 'details' | 'headline'>>;

/** What a person reads when a step fails: what happened, who holds it or what is missing, and what to do next. */
export class Failure extends Error {
  override readonly name = 'Failure';
  /** The same for the summary, where there is room for more than a sentence. */
  readonly details?: readonly Block[];
  /** How the summary's heading goes on after the state path, where the title is not what to say there: `is locked`. */
  readonly headline?: string;

  constructor(
    readonly title: string,
    message: string,
    { details, headline, ...options }: FailureOptions = {},
  ) {
    super(message, options);
    if (details) this.details = details;
    if (headline) this.headline = headline;
  }
}
