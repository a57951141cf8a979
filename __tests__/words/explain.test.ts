import { describe, expect, test } from '@jest/globals';
import { ConfigError } from '../../src/config/config-error.js';
import { BackendError, type BackendProblem } from '../../src/job/backend-error.js';
import { CancelledError } from '../../src/job/cancelled-error.js';
import { explain, failuresIn } from '../../src/words/explain.js';
import { Failure } from '../../src/words/failure.js';

const SENTENCES: readonly (readonly [BackendProblem, title: string, message: string])[] = [
  [
    { kind: 'no-such-bucket', bucket: 'states' },
    'Bucket not found',
    'The S3 bucket "states" does not exist, or not at this endpoint. ' +
      'Check "bucket" (or "backup_bucket"), or create the bucket first.',
  ],
  [
    { kind: 'wrong-region', bucket: 'states', configured: 'us-east-1', actual: 'eu-west-1' },
    'Wrong region',
    'The S3 bucket "states" is in region "eu-west-1", but the region is set to "us-east-1". ' +
      'Set "region" to "eu-west-1". Where it is the bucket of the backups, that is "backup_region".',
  ],
  [
    { kind: 'wrong-region', bucket: 'states', configured: 'us-east-1' },
    'Wrong region',
    'The S3 bucket "states" is in another region, but the region is set to "us-east-1". Set "region". Where it is the bucket of the backups, that is "backup_region".',
  ],
  [
    { kind: 'wrong-region', configured: 'us-east-1' },
    'Wrong region',
    'The lock table is in another region, but the region is set to "us-east-1". Set "region".',
  ],
  [
    {
      kind: 'wrong-account',
      account: '111122223333',
      rule: { kind: 'allowed', ids: ['222233334444', '555566667777'] },
      by: 'the access key that was given',
    },
    'Wrong account',
    'The credentials are of the AWS account "111122223333" (the access key that was given), and "allowed_account_ids" of the backend allows only 222233334444, 555566667777. Nothing was touched. Take credentials of another account, or correct the list.',
  ],
  [
    {
      kind: 'wrong-account',
      account: '111122223333',
      rule: { kind: 'forbidden', ids: ['111122223333'] },
      by: 'the access key that was given',
    },
    'Wrong account',
    'The credentials are of the AWS account "111122223333" (the access key that was given), which "forbidden_account_ids" of the backend forbids. Nothing was touched. Take credentials of another account, or correct the list.',
  ],
  [
    { kind: 'no-such-table', table: 'locks', region: 'us-east-1' },
    'Lock table not found',
    'The DynamoDB table "locks" does not exist in region "us-east-1". ' +
      'Check "dynamodb_table" and "region", or create the table with the partition key "LockID" (String).',
  ],
  [
    { kind: 'wrong-key-schema', table: 'locks' },
    'Not a lock table',
    'The DynamoDB table "locks" has another key than Terraform\'s: it needs the partition key "LockID" of type ' +
      "String, and no sort key. A table's key cannot be changed; create another one.",
  ],
  [
    {
      kind: 'access-denied',
      action: 'dynamodb:PutItem',
      resource: 'arn:aws:dynamodb:eu-central-1:*:table/locks',
      detail: 'User is not authorized.',
    },
    'Access denied',
    'The permission dynamodb:PutItem on arn:aws:dynamodb:eu-central-1:*:table/locks is missing. ' +
      'Grant it to the role of this job; the least policy is at https://github.com/lockkeeper/lockkeeper/blob/v1.0.0/docs/iam.md. AWS says: User is not authorized.',
  ],
  [
    {
      kind: 'access-denied',
      action: 's3:GetObject',
      resource: 'arn:aws:s3:::states/k',
      detail: 'Access Denied',
    },
    'Access denied',
    'The permission s3:GetObject on arn:aws:s3:::states/k is missing. ' +
      'S3 says the same of an object that does not exist if s3:ListBucket on the bucket is missing. ' +
      'Grant it to the role of this job; the least policy is at https://github.com/lockkeeper/lockkeeper/blob/v1.0.0/docs/iam.md. AWS says: Access Denied',
  ],
  [
    { kind: 'expired-credentials', detail: 'The provided token has expired.' },
    'Credentials expired',
    'The AWS credentials have expired (The provided token has expired.). ' +
      'Take new ones just before this step, with a session that lasts as long as the job.',
  ],
  [
    { kind: 'rejected-credentials', detail: 'Unknown key.' },
    'Credentials rejected',
    'AWS does not accept the credentials (Unknown key.). ' +
      'Check the access key, the secret key and the session token.',
  ],
  [
    { kind: 'no-credentials', tried: 'profile "deploy" in /f', detail: 'Could not resolve.' },
    'No credentials',
    'No AWS credentials were found in profile "deploy" in /f (Could not resolve.). ' +
      'Run aws-actions/configure-aws-credentials before this step, or set "oidc_role_arn", or "access_key" and "secret_key", ' +
      'or "profile".',
  ],
  [
    { kind: 'unreachable', service: 'S3', endpoint: 'http://minio:9000', detail: 'connect ECONNREFUSED' },
    'S3 unreachable',
    'S3 did not answer at http://minio:9000 (connect ECONNREFUSED). ' +
      'Check "endpoint" and "backup_endpoint", the network and the proxy of the runner.',
  ],
  [
    { kind: 'unreachable', service: 'DynamoDB', detail: 'ENOTFOUND' },
    'DynamoDB unreachable',
    "DynamoDB did not answer at AWS's own endpoint (ENOTFOUND). " +
      'Check "dynamodb_endpoint", the network and the proxy of the runner.',
  ],
  [
    { kind: 'throttled', action: 'dynamodb:PutItem', attempts: 6, detail: 'Slow down.' },
    'Throttled',
    'AWS still throttled dynamodb:PutItem after 6 attempts (Slow down.). ' +
      'Raise "max_retries", or the capacity of the table, or run fewer jobs at once.',
  ],
  [
    { kind: 'no-conditional-writes', path: 'states/k', detail: 'it answers 501 Not Implemented' },
    'Store without conditional writes',
    'The store cannot hold a lock or a snapshot at "states/k": it answers 501 Not Implemented. ' +
      'Two jobs could both believe that they hold it. ' +
      'Use "dynamodb_table" for the lock, or a store with conditional writes.',
  ],
  [
    { kind: 'damaged-in-transit', resource: 'backups/k', detail: 'The checksums differ.' },
    'Checksum mismatch',
    'What arrived at backups/k is not what was sent (The checksums differ.). Delete that object, and run the job again.',
  ],
  [
    { kind: 'unexpected', action: 's3:PutObject', resource: 'arn:aws:s3:::states/k', detail: 'Oops.' },
    'Backend error',
    's3:PutObject on arn:aws:s3:::states/k failed: Oops.',
  ],
];

test('a job that is cancelled is told as such', () => {
  expect(explain(new CancelledError('The runner sent SIGINT.'))).toMatchObject({
    title: 'Cancelled',
    message: 'The job was cancelled before this step could do its work.',
  });
});

describe('each thing that the backend would not do has a sentence, and the way out', () => {
  test.each(SENTENCES)('%j', (problem, title, message) => {
    const error = new BackendError(problem);
    const failure = explain(error);
    expect(failure).toBeInstanceOf(Failure);
    expect(failure).toMatchObject({ title, message, cause: error });
  });
});

describe('other errors', () => {
  test('wrong inputs are told as they are', () => {
    const error = new ConfigError(['Input "bucket" is required.']);
    expect(explain(error)).toMatchObject({ title: 'Configuration', message: error.message, cause: error });
  });

  test('what was explained already is passed on', () => {
    const failure = new Failure('Lock held', 'By somebody.');
    expect(explain(failure)).toBe(failure);
  });

  test.each<[string, unknown, string]>([
    ['an error that nobody foresaw', new TypeError('x is undefined'), 'x is undefined'],
    [
      'one with a cause',
      new Error('It failed.', { cause: new Error('The disk is full.') }),
      'It failed. Cause: The disk is full.',
    ],
    ['one whose cause is no error', new Error('It failed.', { cause: 'a text' }), 'It failed.'],
    ['a text that was thrown', 'nothing', 'nothing'],
    ['nothing that was thrown', undefined, 'undefined'],
  ])('%s is told with its cause, so that it can be reported', (_, error, message) => {
    expect(explain(error)).toMatchObject({ title: 'Unexpected error', message, cause: error });
  });
});

describe('what went wrong in one step', () => {
  test('is one failure for one error', () => {
    expect(failuresIn(new Error('a')).map(({ message }) => message)).toEqual(['a']);
  });

  test('is a failure for each of several errors, each told in its own way', () => {
    const lost = new Failure('Lock lost', 'Gone.');
    const several = new AggregateError([lost, new BackendError({ kind: 'no-such-bucket', bucket: 'b' })]);
    expect(failuresIn(several).map(({ title }) => title)).toEqual(['Lock lost', 'Bucket not found']);
  });
});
