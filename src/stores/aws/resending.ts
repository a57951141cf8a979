import type {
  FinalizeRequestMiddleware,
  HandlerExecutionContext,
  InitializeMiddleware,
  Pluggable,
} from '@smithy/types';
import { BackendError } from '../../job/backend-error.js';
import { isOutdated, isThrottled, isUnsent } from './errors.js';
import type { Identity } from './identity.js';

interface Noted extends HandlerExecutionContext {
  unanswered?: boolean;
}

/** What the SDK leaves on an error, and what is noted there. */
interface AnswerError {
  /** Only where the service's own error was understood. */
  readonly $fault?: 'client' | 'server';
  readonly $metadata?: { readonly httpStatusCode?: number; unanswered?: boolean };
}

/**
 * Teaches a client two things about requests that are sent more than once: to note on an error that an earlier
 * attempt got no answer, and to send a request once more when its credentials had expired and there are others.
 */
export function resending<Input extends object, Output extends object>(
  identity: Identity,
): Pluggable<Input, Output> {
  return {
    applyToStack(stack) {
      stack.add(noteAttempt<Input, Output>(), {
        step: 'finalizeRequest',
        priority: 'low',
        name: 'noteAttempt',
      });
      stack.add(noteOnError<Input, Output>(), { step: 'initialize', name: 'noteOnError' });
      stack.add(renewing<Input, Output>(identity), { step: 'initialize', name: 'renewing' });
    },
  };
}

/**
 * Whether an earlier attempt of the refused request may have taken effect: it was sent and got no answer, or one
 * that leaves it open. A throttled attempt did not.
 */
export function mayHaveTakenEffect(error: unknown): boolean {
  return (error as AnswerError).$metadata?.unanswered === true;
}

/**
 * Does `look`, which finds out what became of a write. If it fails, that is as unknown as before: its error says so.
 *
 * @param mayBeDone Whether that write may have taken effect.
 */
export async function lookAfter<T>(mayBeDone: boolean, look: () => Promise<T>): Promise<T> {
  try {
    return await look();
  } catch (error) {
    if (!mayBeDone || !(error instanceof BackendError)) throw error;
    throw new BackendError(error.problem, { cause: error.cause, mayBeDone });
  }
}

/** Runs once for each attempt. */
function noteAttempt<Input extends object, Output extends object>(): FinalizeRequestMiddleware<
  Input,
  Output
> {
  return (next, context: Noted) => async (args) => {
    try {
      return await next(args);
    } catch (error) {
      if (!isAnswer(error) && !isUnsent(error)) context.unanswered = true;
      throw error;
    }
  };
}

/** Whether the service has said what it did. Nothing but an error that it wrote, and that came whole, says so. */
function isAnswer(error: unknown): boolean {
  const { $fault, $metadata: { httpStatusCode = 500 } = {} } = error as AnswerError;
  return $fault !== undefined && (httpStatusCode < 500 || isThrottled(error));
}

/** Runs once for each request, around all its attempts. */
function noteOnError<Input extends object, Output extends object>(): InitializeMiddleware<Input, Output> {
  return (next, context: Noted) => async (args) => {
    try {
      return await next(args);
    } catch (error) {
      const { $metadata } = error as AnswerError;
      if ($metadata && context.unanswered) $metadata.unanswered = true;
      throw error;
    }
  };
}

function renewing<Input extends object, Output extends object>({
  renew,
}: Identity): InitializeMiddleware<Input, Output> {
  return (next) => async (args) => {
    try {
      return await next(args);
    } catch (error) {
      if (!renew || !isOutdated(error)) throw error;
      renew();
      return next(args);
    }
  };
}
