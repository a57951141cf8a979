import { describe, expect, test } from '@jest/globals';
import { TABLE } from '../../testing/environment.js';
import { answerInstead, dynamodbError, hang, s3Error } from '../../testing/faults.js';
import type { JobOptions } from '../../testing/job.js';
import { timeLapse } from '../../testing/time-lapse.js';
import { inScene, type Kind, LOCK_PATH, type Scene, STATE } from './scene.js';

/** Nobody listens there. */
const CLOSED = 'http://127.0.0.1:9';
const FOREVER = { times: Number.POSITIVE_INFINITY };

/** Something that stands in the way of main, and what a person is told. */
interface Trouble {
  readonly trouble: string;
  readonly kind: Kind;
  readonly arrange?: (scene: Scene) => void | Promise<void>;
  readonly inputs?: JobOptions['inputs'];
  /** It lasts, and main persists for two minutes: those go by faster then. */
  readonly inTimeLapse?: true;
  readonly title: string;
  /** The beginning. */
  readonly message: string;
  /** What else the message says. */
  readonly because?: string;
  /** Post cannot look at the lock either, so it fails too, and says how a person frees what may be there. */
  readonly postFails?: true;
}

const temporary = (expired: boolean) => ({
  ASIATEMP: { secretAccessKey: 'of-a-role', sessionToken: 'token-of-a-role', expired },
});
const ROLE = { access_key: 'ASIATEMP', secret_key: 'of-a-role', token: 'token-of-a-role' };

const TROUBLES: readonly Trouble[] = [
  ...(['dynamodb', 'lockfile', 'none'] as const).map((kind) => ({
    trouble: 'no such bucket',
    kind,
    inputs: { bucket: 'not-there' },
    title: 'Bucket not found',
    message: 'The S3 bucket "not-there" does not exist, or not at this endpoint. Check "bucket"',
  })),
  {
    trouble: 'no such backup bucket',
    kind: 'dynamodb',
    inputs: { backup_bucket: 'not-there' },
    title: 'Snapshot not stored',
    message: 'The S3 bucket "not-there" does not exist',
  },
  ...(['us-east-1', 'eu-north-1'] as const).map((region) => ({
    trouble: `a bucket in another region than ${region}`,
    kind: 'dynamodb' as const,
    arrange: ({ s3 }: Scene) => s3.createBucket('elsewhere', { region: 'eu-west-1' }),
    inputs: { bucket: 'elsewhere', region },
    title: 'Wrong region',
    message: `The S3 bucket "elsewhere" is in region "eu-west-1", but the region is set to "${region}". Set "region" to "eu-west-1".`,
  })),
  ...(['dynamodb', 'both'] as const).map((kind) => ({
    trouble: 'no such table',
    kind,
    inputs: { dynamodb_table: 'not-there' },
    title: 'Lock table not found',
    message: 'The DynamoDB table "not-there" does not exist in region "us-east-1". Check "dynamodb_table"',
  })),
  {
    trouble: 'a table with another key',
    kind: 'dynamodb',
    arrange: ({ dynamodb }) => dynamodb.createTable('others', { hashKey: 'Id' }),
    inputs: { dynamodb_table: 'others' },
    title: 'Not a lock table',
    message: 'The DynamoDB table "others" has another key than Terraform\'s',
  },
  {
    trouble: 'an expired token',
    kind: 'lockfile',
    arrange: ({ s3 }) => {
      s3.settings.accounts = temporary(true);
    },
    inputs: ROLE,
    title: 'Credentials expired',
    message: 'The AWS credentials have expired (The provided token has expired.). Take new ones',
    postFails: true,
  },
  {
    trouble: 'a token that expires at DynamoDB',
    kind: 'dynamodb',
    arrange: ({ onRequest }) => {
      const answer = dynamodbError(
        'ExpiredTokenException',
        'The security token included in the request is expired',
      );
      onRequest('GetItem digest', answerInstead(answer), FOREVER);
    },
    title: 'Credentials expired',
    message: 'The AWS credentials have expired (The security token included in the request is expired).',
  },
  {
    trouble: 'a wrong secret key',
    kind: 'lockfile',
    inputs: { secret_key: 'mistyped' },
    title: 'Credentials rejected',
    message: 'AWS does not accept the credentials (The request signature we calculated does not match',
    postFails: true,
  },
  {
    trouble: 'an S3 that is not there',
    kind: 'dynamodb',
    inputs: { endpoint: CLOSED, max_retries: '2' },
    title: 'S3 unreachable',
    message: `S3 did not answer at ${CLOSED} (connect ECONNREFUSED 127.0.0.1:9). Check "endpoint"`,
  },
  {
    trouble: 'a DynamoDB that is not there',
    kind: 'dynamodb',
    inputs: { dynamodb_endpoint: CLOSED, max_retries: '2' },
    title: 'DynamoDB unreachable',
    message: `DynamoDB did not answer at ${CLOSED} (connect ECONNREFUSED 127.0.0.1:9). Check "dynamodb_endpoint"`,
    postFails: true,
  },
  ...['ProvisionedThroughputExceededException', 'ThrottlingException', 'RequestLimitExceeded'].map(
    (code) => ({
      trouble: `a table that is ${code}`,
      kind: 'dynamodb' as const,
      arrange: ({ onRequest }: Scene) =>
        onRequest('PutItem lock', answerInstead(dynamodbError(code, 'The level is too high.')), FOREVER),
      inputs: { max_retries: '2', lock_timeout: '2s' },
      title: 'No answer',
      message: `The lock ${LOCK_PATH} could not be asked for after `,
      because: 'AWS still throttled dynamodb:PutItem after 2 attempts (The level is too high.).',
    }),
  ),
  {
    trouble: 'a bucket that is asked too often',
    kind: 'lockfile',
    arrange: ({ onRequest }) =>
      onRequest(
        'GET state',
        answerInstead(s3Error(503, 'SlowDown', 'Please reduce your request rate.')),
        FOREVER,
      ),
    inputs: { max_retries: '3' },
    inTimeLapse: true,
    title: 'Throttled',
    message: 'AWS still throttled s3:GetObject after 3 attempts (Please reduce your request rate.).',
  },
  {
    trouble: 'a DynamoDB that never answers',
    kind: 'dynamodb',
    arrange: ({ onRequest }) => onRequest('PutItem lock', hang()),
    inputs: { lock_timeout: '1s' },
    title: 'No answer',
    message: `Nothing answered a request for the lock ${LOCK_PATH} after `,
  },
  {
    trouble: 'an S3 that fails inside',
    kind: 'both',
    arrange: ({ onRequest }) =>
      onRequest(
        'GET state',
        answerInstead(s3Error(500, 'InternalError', 'We encountered an internal error.')),
        FOREVER,
      ),
    inputs: { max_retries: '1' },
    inTimeLapse: true,
    title: 'S3 unavailable',
    message:
      'S3 could not carry out s3:GetObject for the time being (HTTP 500 We encountered an internal error.).',
  },
  {
    trouble: 'a store that ignores If-None-Match',
    kind: 'lockfile',
    arrange: ({ s3 }) => {
      s3.settings.ignoreConditionalWrites = true;
    },
    title: 'Store without conditional writes',
    message: `The store cannot hold a lock or a snapshot at "${LOCK_PATH}": it overwrote an object in spite of If-None-Match: *.`,
  },
  {
    trouble: 'a store that answers 501',
    kind: 'lockfile',
    arrange: ({ s3 }) => {
      s3.settings.rejectConditionalWrites = true;
    },
    title: 'Store without conditional writes',
    message: `The store cannot hold a lock or a snapshot at "${LOCK_PATH}": it answers 501 Not Implemented.`,
  },
  {
    trouble: 'a store that answers 501, for the snapshot',
    kind: 'dynamodb',
    arrange: ({ s3 }) => {
      s3.settings.rejectConditionalWrites = true;
    },
    title: 'Snapshot not stored',
    message: 'The store cannot hold a lock or a snapshot at "',
  },
];

describe('main fails, tells why, and leaves no lock', () => {
  test.concurrent.each(TROUBLES)(
    '$trouble ($kind)',
    ({ kind, arrange, inputs = {}, inTimeLapse, title, message, because = '', postFails }) =>
      inScene(async (scene) => {
        await scene.putState(STATE);
        await arrange?.(scene);
        const job = await scene.startJob(kind, { inputs, env: inTimeLapse ? timeLapse() : {} });
        const main = await job.main();
        expect(main).toMatchObject({ exitCode: 1, env: {}, outputs: { locked: 'false' } });
        expect(main.errors).toEqual([{ title, message: expect.any(String) }]);
        expect(main.errors[0]?.message.slice(0, message.length)).toBe(message);
        expect(main.errors[0]?.message).toContain(because);
        expect(main.summary).toMatch(/^### ❌/);

        const post = await job.post();
        if (postFails) {
          expect(post).toMatchObject({ exitCode: 1, errors: [{ title: 'Lock not released' }] });
          expect(post.errors[0]?.message).toMatch(
            /free it with `terraform force-unlock -force [\da-f-]{36}`/i,
          );
        } else {
          expect(post).toMatchObject({ exitCode: 0, errors: [] });
        }
        expect(await scene.lockRecords()).toEqual([]);
        const items = await scene.dynamodb.scan(TABLE);
        expect(items.filter(({ Holder }) => Holder !== undefined)).toEqual([]);
      }),
  );
});
