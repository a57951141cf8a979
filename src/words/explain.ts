import { ConfigError } from '../config/config-error.js';
import { BackendError, type BackendProblem } from '../job/backend-error.js';
import { Failure } from './failure.js';

/** Says of any error what a person needs. An error that nobody foresaw is told as it is, with its cause. */
export function explain(error: unknown): Failure {
  if (error instanceof Failure) return error;
  if (error instanceof ConfigError) return new Failure('Configuration', error.message, { cause: error });
  if (error instanceof BackendError) {
    const { title, message } = explainProblem(error.problem);
    return new Failure(title, message, { cause: error });
  }
  const { message, cause } = error instanceof Error ? error : { message: String(error), cause: undefined };
  const because = cause instanceof Error ? ` Cause: ${cause.message}` : '';
  return new Failure('Unexpected error', `${message}${because}`, { cause: error });
}

/** Everything that went wrong in one step: post goes on after a failure, so there may be several. */
export function failuresIn(error: unknown): readonly Failure[] {
  return error instanceof AggregateError ? error.errors.map(explain) : [explain(error)];
}

/** One sentence of its own for each thing that the backend would not do, and the way out. */
function explainProblem(problem: BackendProblem): { title: string; message: string } {
  switch (problem.kind) {
    case 'no-such-bucket':
      return {
        title: 'Bucket not found',
        message:
          `The S3 bucket "${problem.bucket}" does not exist, or not at this endpoint. ` +
          'Check the input "bucket" (or "backup_bucket"), or create the bucket first.',
      };
    case 'wrong-region':
      return { title: 'Wrong region', message: wrongRegion(problem) };
    case 'no-such-table':
      return {
        title: 'Lock table not found',
        message:
          `The DynamoDB table "${problem.table}" does not exist in region "${problem.region}". ` +
          'Check the inputs "dynamodb_table" and "region", or create the table with the partition key "LockID" (String).',
      };
    case 'wrong-key-schema':
      return {
        title: 'Not a lock table',
        message:
          `The DynamoDB table "${problem.table}" has another key than Terraform's: ` +
          'it needs the partition key "LockID" of type String, and no sort key. A table\'s key cannot be changed; create another one.',
      };
    case 'access-denied':
      return { title: 'Access denied', message: accessDenied(problem) };
    case 'expired-credentials':
      return {
        title: 'Credentials expired',
        message:
          `The AWS credentials have expired (${problem.detail}). Take new ones just before this step, ` +
          'with a session that lasts as long as the job.',
      };
    case 'rejected-credentials':
      return {
        title: 'Credentials rejected',
        message: `AWS does not accept the credentials (${problem.detail}). Check the access key, the secret key and the session token.`,
      };
    case 'no-credentials':
      return {
        title: 'No credentials',
        message:
          `No AWS credentials were found in ${problem.tried} (${problem.detail}). ` +
          'Run aws-actions/configure-aws-credentials before this step, or set "access_key" and "secret_key", or "profile".',
      };
    case 'unreachable':
      return {
        title: `${problem.service} unreachable`,
        message:
          `${problem.service} did not answer at ${problem.endpoint ?? "AWS's own endpoint"} (${problem.detail}). ` +
          `Check ${problem.service === 'S3' ? 'the inputs "endpoint" and "backup_endpoint"' : 'the input "dynamodb_endpoint"'}, the network and the proxy of the runner.`,
      };
    case 'throttled':
      return {
        title: 'Throttled',
        message:
          `AWS still throttled ${problem.action} after ${problem.attempts} attempts (${problem.detail}). ` +
          'Raise "max_retries", or the capacity of the table, or run fewer jobs at once.',
      };
    case 'no-conditional-writes':
      return {
        title: 'Store without conditional writes',
        message:
          `The store cannot hold a lock or a snapshot at "${problem.path}": ${problem.detail}. ` +
          'Two jobs could both believe that they hold it. Use "dynamodb_table" for the lock, or a store with conditional writes.',
      };
    case 'damaged-in-transit':
      return {
        title: 'Checksum mismatch',
        message: `What arrived at ${problem.resource} is not what was sent (${problem.detail}). Delete that object, and run the job again.`,
      };
    case 'unexpected':
      return {
        title: 'Backend error',
        message: `${problem.action} on ${problem.resource} failed: ${problem.detail}`,
      };
  }
}

function wrongRegion({
  bucket,
  configured,
  actual,
}: Extract<BackendProblem, { kind: 'wrong-region' }>): string {
  const what = bucket ? `The S3 bucket "${bucket}"` : 'The lock table';
  const where = actual ? `is in region "${actual}"` : 'is in another region';
  const backups = bucket ? ' Where it is the bucket of the backups, that is "backup_region".' : '';
  return `${what} ${where}, but the region is set to "${configured}". Set the input "region"${actual ? ` to "${actual}"` : ''}.${backups}`;
}

function accessDenied({
  action,
  resource,
  detail,
}: Extract<BackendProblem, { kind: 'access-denied' }>): string {
  const missing = `The permission ${action} on ${resource} is missing.`;
  const listHint =
    action === 's3:GetObject'
      ? ' S3 says the same of an object that does not exist if s3:ListBucket on the bucket is missing.'
      : '';
  return `${missing}${listHint} Grant it to the role of this job; docs/iam.md has the least policy. AWS says: ${detail}`;
}
