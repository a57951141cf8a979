/** What a person reads when a step fails: what happened, who holds it or what is missing, and what to do next. */
export class Failure extends Error {
  override readonly name = 'Failure';

  constructor(
    readonly title: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
