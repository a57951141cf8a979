import { ConfigError } from '../../config/config-error.js';
import { BackendError } from '../../job/backend-error.js';
import { CancelledError } from '../../job/cancelled-error.js';
import type { Problem } from '../../job/problem.js';
import { failuresIn } from '../../words/explain.js';
import { Failure } from '../../words/failure.js';

/** What went wrong, in the words of somebody who sits before a terminal, where there is no job and no step. */
export function terminalFailuresIn(error: unknown): readonly Failure[] {
  return failuresIn(error).map(inTerminal);
}

function inTerminal(failure: Failure): Failure {
  const { cause } = failure;
  if (cause instanceof CancelledError && failure.title !== 'Cancelled') {
    // It says what was done until then.
    const { title, message, ...more } = failure;
    return new Failure(title, message.replace('The job was cancelled', 'It was stopped'), { ...more, cause });
  }
  if (cause instanceof CancelledError) {
    return new Failure(
      'Cancelled',
      'It was stopped before it was done. What was taken is given back, unless a warning says otherwise.',
      {
        cause,
      },
    );
  }
  if (cause instanceof BackendError && cause.problem.kind === 'no-credentials') {
    const { tried, detail } = cause.problem;
    return new Failure(
      'No credentials',
      `No AWS credentials were found in ${tried} (${detail}). ` +
        'Sign in as for the AWS CLI, by "aws sso login", say, or name a profile by AWS_PROFILE or --profile.',
      { cause },
    );
  }
  return failure;
}

/** 2 where what was asked for cannot be understood: then nothing was touched. */
export function exitStatusOf({ cause }: Problem): 1 | 2 {
  return cause instanceof ConfigError ? 2 : 1;
}
