import { expect, test } from '@jest/globals';
import { exitStatusOf, terminalFailuresIn } from '../../../src/commands/cli/terminal-failures.js';
import { ConfigError } from '../../../src/config/config-error.js';
import { BackendError } from '../../../src/job/backend-error.js';
import { CancelledError } from '../../../src/job/cancelled-error.js';
import { Failure } from '../../../src/words/failure.js';

const only = (error: unknown) => {
  const [failure, ...others] = terminalFailuresIn(error);
  if (!failure || others.length > 0) throw new Error('One failure was expected.');
  return failure;
};

test('Ctrl-C is no cancelled job', () => {
  expect(only(new CancelledError('The runner sent SIGINT.'))).toMatchObject({
    title: 'Cancelled',
    message:
      'It was stopped before it was done. What was taken is given back, unless a warning says otherwise.',
  });
});

test('Ctrl-C in the middle of a restore says what was done, and how to complete it', () => {
  const message = 'The job was cancelled in the middle of the restore.\nThe state is whole. Run it again.';
  const cause = new CancelledError('The runner sent SIGINT.');
  expect(only(new Failure('Restore not finished', message, { cause }))).toMatchObject({
    title: 'Restore not finished',
    message: 'It was stopped in the middle of the restore.\nThe state is whole. Run it again.',
  });
});

test('without credentials, the way out is none of a workflow', () => {
  const failure = only(
    new BackendError({ kind: 'no-credentials', tried: 'the environment', detail: 'none' }),
  );
  expect(failure.message).toContain('No AWS credentials were found in the environment (none).');
  expect(failure.message).toContain('aws sso login');
  expect(failure.message).not.toContain('configure-aws-credentials');
});

test.each([
  [new ConfigError(['Bad.']), 2],
  [new BackendError({ kind: 'no-such-bucket', bucket: 'b' }), 1],
  [new Error('?'), 1],
])('the exit status of %s is %d', (error, status) => {
  expect(exitStatusOf(only(error))).toBe(status);
});
