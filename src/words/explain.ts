import { ConfigError } from '../config/config-error.js';
import { BackendError, type BackendProblem } from '../job/backend-error.js';
import { CancelledError } from '../job/cancelled-error.js';
import { documentationUrl } from '../names/documentation.js';
import { Failure } from './failure.js';
import { roleSentence } from './role-problems.js';

/** Says of any error what a person needs. An error that nobody foresaw is told as it is, with its cause. */
export function explain(error: unknown): Failure {
  if (error instanceof Failure) return error;
  if (error instanceof ConfigError) {
    const details = [{ kind: 'list', items: error.problems }] as const;
    return new Failure('Configuration', error.message, { cause: error, details });
  }
  if (error instanceof BackendError) {
    const { title, message } = sentenceFor(error.problem);
    return new Failure(title, message, { cause: error });
  }
  if (error instanceof CancelledError) {
    const message = 'The job was cancelled before this step could do its work.';
    return new Failure('Cancelled', message, { cause: error });
  }
  const { message, cause } = error instanceof Error ? error : { message: String(error), cause: undefined };
  const because = cause instanceof Error ? ` Cause: ${cause.message}` : '';
  return new Failure('Unexpected error', `${message}${because}`, { cause: error });
}

/** Why something could not be done, to continue a sentence with. */
export function reason(error: unknown): string {
  return explain(error).message;
}

/** Everything that went wrong in one step: post goes on after a failure, so there may be several. */
export function failuresIn(error: unknown): readonly Failure[] {
  return error instanceof AggregateError ? error.errors.map(explain) : [explain(error)];
}

interface Sentence {
  readonly title: string;
  readonly message: string;
}

type Told<Kind> = (problem: Extract<BackendProblem, { kind: Kind }>) => Sentence;

/** One sentence for each thing that the backend would not do, and the way out. */
const SENTENCES: { readonly [Kind in BackendProblem['kind']]: Told<Kind> } = {
  'no-such-bucket': ({ bucket }) => ({
    title: 'Bucket not found',
    message:
      `The S3 bucket "${bucket}" does not exist, or not at this endpoint. ` +
      'Check "bucket" (or "backup_bucket"), or create the bucket first.',
  }),
  'wrong-region': wrongRegion,
  'no-such-table': ({ table, region }) => ({
    title: 'Lock table not found',
    message:
      `The DynamoDB table "${table}" does not exist in region "${region}". ` +
      'Check "dynamodb_table" and "region", or create the table with the partition key "LockID" (String).',
  }),
  'wrong-key-schema': ({ table }) => ({
    title: 'Not a lock table',
    message:
      `The DynamoDB table "${table}" has another key than Terraform's: ` +
      'it needs the partition key "LockID" of type String, and no sort key. A table\'s key cannot be changed; create another one.',
  }),
  'access-denied': accessDenied,
  'expired-credentials': ({ detail }) => ({
    title: 'Credentials expired',
    message:
      `The AWS credentials have expired (${detail}). Take new ones just before this step, ` +
      'with a session that lasts as long as the job.',
  }),
  'rejected-credentials': ({ detail }) => ({
    title: 'Credentials rejected',
    message: `AWS does not accept the credentials (${detail}). Check the access key, the secret key and the session token.`,
  }),
  'no-credentials': ({ tried, detail }) => ({
    title: 'No credentials',
    message:
      `No AWS credentials were found in ${tried} (${detail}). ` +
      'Run aws-actions/configure-aws-credentials before this step, or set "oidc_role_arn", or "access_key" and "secret_key", ' +
      'or "profile".',
  }),
  'role-refused': roleSentence,
  'token-refused': roleSentence,
  'role-misasked': roleSentence,
  'outdated-for-role': roleSentence,
  'no-id-token': roleSentence,
  'wrong-account': wrongAccount,
  unreachable: ({ service, endpoint = "AWS's own endpoint", detail }) => ({
    title: `${service} unreachable`,
    message: `${service} did not answer at ${endpoint} (${detail}). Check ${ENDPOINT_INPUTS[service]}, the network and the proxy of the runner.`,
  }),
  throttled: ({ action, attempts, detail }) => ({
    title: 'Throttled',
    message:
      `AWS still throttled ${action} after ${attempts} attempts (${detail}). ` +
      'Raise "max_retries", or the capacity of the table, or run fewer jobs at once.',
  }),
  unavailable: ({ service, action, detail }) => ({
    title: `${service} unavailable`,
    message: `${service} could not carry out ${action} for the time being (${detail}). Run the job again later.`,
  }),
  'no-conditional-writes': ({ path, detail }) => ({
    title: 'Store without conditional writes',
    message:
      `The store cannot hold a lock or a snapshot at "${path}": ${detail}. ` +
      'Two jobs could both believe that they hold it. Use "dynamodb_table" for the lock, or a store with conditional writes.',
  }),
  'damaged-in-transit': ({ resource, detail }) => ({
    title: 'Checksum mismatch',
    message: `What arrived at ${resource} is not what was sent (${detail}). Delete that object, and run the job again.`,
  }),
  unexpected: ({ action, resource, detail }) => ({
    title: 'Backend error',
    message: `${action} on ${resource} failed: ${detail}`,
  }),
};

function sentenceFor<Kind extends BackendProblem['kind']>(
  problem: Extract<BackendProblem, { kind: Kind }>,
): Sentence {
  return (SENTENCES[problem.kind] as Told<Kind>)(problem);
}

const ENDPOINT_INPUTS = {
  S3: '"endpoint" and "backup_endpoint"',
  DynamoDB: '"dynamodb_endpoint"',
  STS: '"endpoints.sts" of the backend',
} as const;

function wrongAccount({
  account,
  rule: { kind, ids },
  by,
}: Extract<BackendProblem, { kind: 'wrong-account' }>): Sentence {
  const title = 'Wrong account';
  const wayOut = 'Nothing was touched. Take credentials of another account, or correct the list.';
  switch (kind) {
    case 'allowed':
      return {
        title,
        message: `The credentials are of the AWS account "${account}" (${by}), and "allowed_account_ids" of the backend allows only ${ids.join(', ')}. ${wayOut}`,
      };
    case 'forbidden':
      return {
        title,
        message: `The credentials are of the AWS account "${account}" (${by}), which "forbidden_account_ids" of the backend forbids. ${wayOut}`,
      };
  }
}

function wrongRegion({
  bucket,
  configured,
  actual,
}: Extract<BackendProblem, { kind: 'wrong-region' }>): Sentence {
  const title = 'Wrong region';
  const what = bucket ? `The S3 bucket "${bucket}"` : 'The lock table';
  const found = actual
    ? `${what} is in region "${actual}", but the region is set to "${configured}". Set "region" to "${actual}".`
    : `${what} is in another region, but the region is set to "${configured}". Set "region".`;
  if (!bucket) return { title, message: found };
  return { title, message: `${found} Where it is the bucket of the backups, that is "backup_region".` };
}

function accessDenied({
  action,
  resource,
  detail,
}: Extract<BackendProblem, { kind: 'access-denied' }>): Sentence {
  const wayOut = `Grant it to the role of this job; the least policy is at ${documentationUrl('iam.md')}. AWS says: ${detail}`;
  const missing = `The permission ${action} on ${resource} is missing.`;
  const ofWhatIsNotThere =
    'S3 says the same of an object that does not exist if s3:ListBucket on the bucket is missing.';
  return {
    title: 'Access denied',
    message: [missing, ...(action === 's3:GetObject' ? [ofWhatIsNotThere] : []), wayOut].join(' '),
  };
}
