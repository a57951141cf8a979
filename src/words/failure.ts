import type { Block } from '../job/blocks.js';

/** What a person reads when a step fails: what happened, who holds it or what is missing, and what to do next. */
export class Failure extends Error {
  override readonly name = 'Failure';
  /** The same for the summary, where there is room for more than a sentence. */
  readonly details?: readonly Block[];

  constructor(
    readonly title: string,
    message: string,
    { details, ...options }: ErrorOptions & { readonly details?: readonly Block[] } = {},
  ) {
    super(message, options);
    if (details) this.details = details;
  }
}
