import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { BUCKET, STATE_PATH } from '../../testing/environment.js';
import { answerInstead, dynamodbError, s3Error } from '../../testing/faults.js';
import type { StepResult } from '../../testing/runner.js';
import { stateBody } from '../../testing/test-data.js';
import { inScene, STATE } from './scene.js';

/** As AWS makes them, and as other stores let people choose them. A session token is about as long as this one. */
const ACCESS_KEY = 'ASIAQ7EXAMPLEKEYID42';
const SECRET_KEY = 'wJalr_XUtn*FEMI/K7MDENG+bPxRfiCY!KEY';
const TOKEN = `IQoJb3JpZ2luX2VjE${'Jr//+8aB3xQ0/'.repeat(80)}Zz==`;
const CUSTOMER_KEY = Buffer.from('a key of thirty-two bytes, no less').subarray(0, 32).toString('base64');
const GITHUB_TOKEN = 'ghs_abcDEF0123456789';

const CREDENTIALS = { access_key: ACCESS_KEY, secret_key: SECRET_KEY, token: TOKEN };
const ACCOUNTS = { [ACCESS_KEY]: { secretAccessKey: SECRET_KEY, sessionToken: TOKEN } };
const SECRETS = [ACCESS_KEY, SECRET_KEY, TOKEN, CUSTOMER_KEY, GITHUB_TOKEN];

/** Attribute values of a state. */
const PASSWORD = 'correct-horse-battery-staple';
const NEW_PASSWORD = 'tr0ub4dor-and-3';
const SECRET_STATE = stateBody({ values: { db: PASSWORD, kept: 'the-same-all-along' } });
const SECRET_STATE_AFTER = stateBody({ serial: 8, values: { db: NEW_PASSWORD, kept: 'the-same-all-along' } });
const ATTRIBUTES = [PASSWORD, NEW_PASSWORD, 'the-same-all-along', 'id-of-db'];

/**
 * Everything of a step that a person or a later step may read. The runner hides masked values in the log, in
 * annotations and in the summary, and nowhere else.
 *
 * @see https://github.com/actions/runner/blob/main/src/Runner.Worker/FileCommandManager.cs CreateStepSummaryCommand
 */
function readable({ stdout, stderr, summary, masks, outputs, env, log, ...rest }: StepResult): string {
  const scrubbed = (text: string) => masks.reduce((left, mask) => left.replaceAll(mask, '***'), text);
  const lines = stdout.split('\n').filter((line) => !line.startsWith('::add-mask::'));
  const annotations = JSON.stringify([rest.errors, rest.warnings, rest.notices]);
  return [
    scrubbed(lines.join('\n')),
    scrubbed(stderr),
    rendered(scrubbed(summary)),
    ...[log, annotations, JSON.stringify(outputs), JSON.stringify(env)],
  ].join('\n');
}

/** Markdown as people see it: what it escapes is itself again. */
function rendered(markdown: string): string {
  return markdown
    .replaceAll(/<!-- -->|<\/?span>/g, '')
    .replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
}

/** Neither a secret nor a good part of it. */
function expectNoneOf(secrets: readonly string[], step: StepResult): void {
  const text = readable(step);
  expect(secrets.filter((secret) => text.includes(secret.slice(0, 100)))).toEqual([]);
}

describe('secrets', () => {
  test.concurrent.each(['inputs', 'environment'])(
    'from the %s stay hidden in a job that goes well',
    (origin) =>
      inScene(
        async ({ s3, startJob }) => {
          const keyMd5 = createHash('md5').update(Buffer.from(CUSTOMER_KEY, 'base64')).digest('base64');
          const encryption = { kind: 'customer', keyMd5 } as const;
          s3.putObject(BUCKET, STATE_PATH, Buffer.from(SECRET_STATE), { encryption });
          const fromInputs = { ...CREDENTIALS, sse_customer_key: CUSTOMER_KEY };
          const fromEnvironment = {
            AWS_ACCESS_KEY_ID: ACCESS_KEY,
            AWS_SECRET_ACCESS_KEY: SECRET_KEY,
            AWS_SECURITY_TOKEN: TOKEN,
            AWS_SSE_CUSTOMER_KEY: CUSTOMER_KEY,
          };
          const job = await startJob('both', {
            inputs: {
              ...(origin === 'inputs' ? fromInputs : { access_key: '', secret_key: '' }),
              encrypt: 'true',
              github_token: GITHUB_TOKEN,
            },
            env: origin === 'inputs' ? {} : fromEnvironment,
          });
          const main = await job.main();
          expect(main).toMatchObject({ exitCode: 0, errors: [], warnings: [] });
          expect(main.masks).toEqual(expect.arrayContaining([...SECRETS]));
          expectNoneOf([...SECRETS, ...ATTRIBUTES], main);

          s3.putObject(BUCKET, STATE_PATH, Buffer.from(SECRET_STATE_AFTER), { encryption });
          const post = await job.post();
          expect(post).toMatchObject({ exitCode: 0, errors: [], warnings: [] });
          expect(post.summary).toContain('~ terraform_data.db');
          expect(post.masks).toEqual(expect.arrayContaining([ACCESS_KEY, SECRET_KEY, TOKEN, CUSTOMER_KEY]));
          expectNoneOf([...SECRETS, ...ATTRIBUTES], post);
        },
        { accounts: ACCOUNTS },
      ),
  );

  test.concurrent('are hidden in the environment too where inputs go before them', () =>
    inScene(async ({ startJob }) => {
      const env = {
        AWS_SECRET_ACCESS_KEY: SECRET_KEY,
        AWS_SESSION_TOKEN: TOKEN,
        AWS_SECURITY_TOKEN: 'another',
      };
      const job = await startJob('dynamodb', { env });
      const main = await job.main();
      expect(main.masks).toEqual(expect.arrayContaining([SECRET_KEY, TOKEN, 'another']));
      await job.post();
    }));

  test.concurrent('out of a credentials file are hidden', () =>
    inScene(
      async ({ startJob }) => {
        const job = await startJob('lockfile', {
          inputs: { access_key: '', secret_key: '', aws_creds_path: 'credentials' },
        });
        await writeFile(
          join(job.workspace, 'credentials'),
          `[default]\naws_access_key_id = ${ACCESS_KEY}\naws_secret_access_key = ${SECRET_KEY}\naws_session_token = ${TOKEN}\n`,
        );
        const main = await job.main();
        expect(main).toMatchObject({ exitCode: 0, errors: [] });
        expect(main.masks).toEqual(expect.arrayContaining([ACCESS_KEY, SECRET_KEY, TOKEN]));
        expectNoneOf(SECRETS, main);
        expectNoneOf(SECRETS, await job.post());
      },
      { accounts: ACCOUNTS },
    ));

  test.concurrent('that are mistyped are not shown', () =>
    inScene(async ({ startJob }) => {
      const mistyped = {
        secret_key: 'pasted with spaces',
        token: 'on two\nlines, too',
        sse_customer_key: 'too-short-a-key',
        endpoint: 'https://user:hunter2@s3.example.com',
      };
      const job = await startJob('dynamodb', { inputs: mistyped });
      const main = await job.main();
      expect(main.errors).toMatchObject([{ title: 'Configuration' }]);
      expectNoneOf(['pasted with', 'on two', 'lines, too', 'too-short', 'hunter2'], main);
    }));
});

/** What DynamoDB really says of a wrong signature: the whole request that it would have signed. */
const CANONICAL =
  'The request signature we calculated does not match the signature you provided. The Canonical String for this ' +
  `request should have been 'POST\n/\n\nhost:dynamodb.us-east-1.amazonaws.com\nx-amz-security-token:${TOKEN}\n'`;
const ECHO = `The key ${ACCESS_KEY} with ${SECRET_KEY} and ${TOKEN} is not known.`;

describe('an answer that repeats what was sent', () => {
  test.concurrent.each([
    { name: 'PutItem lock', answer: dynamodbError('InvalidSignatureException', CANONICAL) },
    { name: 'PutItem lock', answer: dynamodbError('ValidationException', ECHO) },
    { name: 'GetItem digest', answer: dynamodbError('AccessDeniedException', ECHO) },
    { name: 'GET state', answer: s3Error(400, 'InvalidToken', ECHO) },
    { name: 'PUT snapshot', answer: s3Error(403, 'AccessDenied', ECHO) },
  ])('shows nothing of it in main ($name)', ({ name, answer }) =>
    inScene(
      async ({ putState, startJob, onRequest }) => {
        await putState(STATE);
        onRequest(name, answerInstead(answer), { times: 9 });
        const job = await startJob('dynamodb', { inputs: { ...CREDENTIALS, max_retries: '1' } });
        const main = await job.main();
        expect(main.exitCode).toBe(1);
        expectNoneOf(SECRETS, main);
        expectNoneOf(SECRETS, await job.post());
      },
      { accounts: ACCOUNTS },
    ),
  );

  test.concurrent.each([
    { name: 'DeleteItem lock', answer: dynamodbError('InvalidSignatureException', CANONICAL) },
    { name: 'PUT snapshot', answer: s3Error(403, 'AccessDenied', ECHO) },
    { name: 'GET snapshot', answer: s3Error(403, 'AccessDenied', ECHO) },
  ])('shows nothing of it in post ($name)', ({ name, answer }) =>
    inScene(
      async ({ putState, startJob, onRequest }) => {
        await putState(STATE);
        const job = await startJob('dynamodb', { inputs: { ...CREDENTIALS, max_retries: '1' } });
        expect((await job.main()).exitCode).toBe(0);
        await putState(SECRET_STATE_AFTER);
        onRequest(name, answerInstead(answer), { times: 9 });
        const post = await job.post();
        expect(post.summary).toMatch(/does not accept the credentials|is missing/);
        expectNoneOf([...SECRETS, ...ATTRIBUTES], post);
      },
      { accounts: ACCOUNTS },
    ),
  );
});

describe('attribute values of a state that is broken', () => {
  const whole = Buffer.from(SECRET_STATE).toString();
  test.concurrent.each([
    { what: 'cut in a value', body: whole.slice(0, whole.indexOf(PASSWORD) + PASSWORD.length) },
    { what: 'with a value for a key', body: whole.replace('"version"', `"${PASSWORD}": 1, "version"`) },
    {
      what: 'with a value in place of the version',
      body: whole.replace('"version": 4', `"version": "${PASSWORD}"`),
    },
    {
      what: 'with a value in place of the serial',
      body: whole.replace('"serial": 7', `"serial": "${PASSWORD}"`),
    },
    { what: 'that is only a value', body: `"${PASSWORD}"` },
    { what: 'that is no JSON', body: `password=${PASSWORD}\n::error::${PASSWORD}` },
    {
      what: 'whose resources are text',
      body: whole.replace('"resources": [', `"resources": "${PASSWORD}", "x": [`),
    },
  ])('stay in the snapshot ($what)', ({ body }) =>
    inScene(async ({ putState, startJob, snapshots }) => {
      await putState(Buffer.from(body));
      const job = await startJob('dynamodb');
      const main = await job.main();
      expect(main).toMatchObject({ exitCode: 0, errors: [] });
      expectNoneOf(ATTRIBUTES, main);
      await putState(SECRET_STATE_AFTER);
      expectNoneOf(ATTRIBUTES, await job.post());
      expect(
        snapshots()
          .map(({ metadata }) => JSON.stringify(metadata))
          .join(),
      ).not.toMatch(PASSWORD);
      expect(snapshots().map((snapshot) => snapshot.body.toString())).toContain(body);
    }),
  );
});
