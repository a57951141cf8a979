import { S3ServiceException } from '@aws-sdk/client-s3';
import { describe, expect, test } from '@jest/globals';
import { isExpired, type RequestFacts, translateError } from '../../src/aws/errors.js';
import { BackendError, type BackendProblem } from '../../src/backend-error.js';

const S3: RequestFacts = {
  service: 'S3',
  action: 's3:PutObject',
  resource: 'arn:aws:s3:::states/network.tfstate',
  container: 'states',
  region: 'eu-central-1',
  credentialsTried: 'the environment',
};

const DYNAMODB: RequestFacts = {
  service: 'DynamoDB',
  action: 'dynamodb:PutItem',
  resource: 'arn:aws:dynamodb:eu-central-1:*:table/locks',
  container: 'locks',
  region: 'eu-central-1',
  credentialsTried: 'the environment',
};

/** An error as the SDK throws it. `fields` are what it parsed out of the body, and what Node.js adds. */
function sdkError(name: string, message = 'AWS says so.', fields: object = {}): Error {
  return Object.assign(new Error(message), { name }, fields);
}

const problemOf = (error: unknown, facts: RequestFacts): BackendProblem =>
  translateError(error, facts).problem;

/** Every code that is known, and what a person would be told. */
const CODES: readonly (readonly [RequestFacts, codes: string, BackendProblem])[] = [
  [S3, 'NoSuchBucket', { kind: 'no-such-bucket', bucket: 'states' }],
  [
    S3,
    'PermanentRedirect AuthorizationHeaderMalformed IllegalLocationConstraintException 301',
    { kind: 'wrong-region', bucket: 'states', configured: 'eu-central-1' },
  ],
  [DYNAMODB, 'ResourceNotFoundException', { kind: 'no-such-table', table: 'locks', region: 'eu-central-1' }],
  [
    S3,
    'AccessDenied AllAccessDisabled Forbidden 403',
    { kind: 'access-denied', action: S3.action, resource: S3.resource, detail: 'AWS says so.' },
  ],
  [
    DYNAMODB,
    'AccessDeniedException',
    { kind: 'access-denied', action: DYNAMODB.action, resource: DYNAMODB.resource, detail: 'AWS says so.' },
  ],
  [
    S3,
    'ExpiredToken TokenRefreshRequired ExpiredTokenException',
    { kind: 'expired-credentials', detail: 'AWS says so.' },
  ],
  [
    S3,
    'InvalidAccessKeyId SignatureDoesNotMatch InvalidToken UnrecognizedClientException InvalidSignatureException ' +
      'IncompleteSignature InvalidClientTokenId MissingAuthenticationTokenException RequestTimeTooSkewed',
    { kind: 'rejected-credentials', detail: 'AWS says so.' },
  ],
  [
    S3,
    'CredentialsProviderError ProviderError TokenProviderError',
    { kind: 'no-credentials', tried: 'the environment', detail: 'AWS says so.' },
  ],
  [
    DYNAMODB,
    'SlowDown ThrottlingException Throttling ProvisionedThroughputExceededException RequestLimitExceeded ' +
      'TooManyRequestsException BandwidthLimitExceeded',
    { kind: 'throttled', action: 'dynamodb:PutItem', attempts: 1, detail: 'AWS says so.' },
  ],
  [
    S3,
    'BadDigest InvalidDigest XAmzContentSHA256Mismatch XAmzContentChecksumMismatch',
    { kind: 'damaged-in-transit', resource: S3.resource, detail: 'AWS says so.' },
  ],
  [S3, 'TimeoutError', { kind: 'unreachable', service: 'S3', detail: 'AWS says so.' }],
];

describe('an error is told by its code', () => {
  const rows = CODES.flatMap(([facts, codes, problem]) =>
    codes.split(' ').map((code) => [code, problem.kind, facts, problem] as const),
  );

  test.each(rows)('%s is %s', (code, _, facts, problem) => {
    const cause = sdkError(code);
    const error = translateError(cause, facts);
    expect(error).toBeInstanceOf(BackendError);
    expect(error.problem).toEqual(problem);
    expect(error.cause).toBe(cause);
  });

  test.each([
    'ECONNREFUSED',
    'ECONNRESET',
    'ENOTFOUND',
    'EAI_AGAIN',
    'ETIMEDOUT',
    'EHOSTUNREACH',
    'ENETUNREACH',
    'EPIPE',
  ])('%s of the network is unreachable', (code) => {
    const facts = { ...DYNAMODB, endpoint: 'http://127.0.0.1:9' };
    expect(problemOf(sdkError('Error', `connect ${code}`, { code }), facts)).toEqual({
      kind: 'unreachable',
      service: 'DynamoDB',
      endpoint: 'http://127.0.0.1:9',
      detail: `connect ${code}`,
    });
  });

  test('a network error without a sentence is told by its code', () => {
    // Node.js tries IPv4 and IPv6, and leaves the message of the two failures empty.
    const error = sdkError('AggregateError', '', { code: 'ECONNREFUSED' });
    expect(problemOf(error, S3)).toEqual({ kind: 'unreachable', service: 'S3', detail: 'ECONNREFUSED' });
  });
});

describe('the code says more than the status', () => {
  test.each([
    ['InvalidAccessKeyId', 403, 'rejected-credentials'],
    ['SignatureDoesNotMatch', 403, 'rejected-credentials'],
    ['RequestTimeTooSkewed', 403, 'rejected-credentials'],
    ['ExpiredToken', 400, 'expired-credentials'],
    ['SlowDown', 503, 'throttled'],
    ['NoSuchBucket', 404, 'no-such-bucket'],
  ])('%s with status %d is %s', (name, httpStatusCode, kind) => {
    expect(problemOf(sdkError(name, '', { $metadata: { httpStatusCode } }), S3)).toHaveProperty('kind', kind);
  });

  test.each([
    [403, 'access-denied'],
    [301, 'wrong-region'],
  ])('but an answer without a body has only its status: %d is %s', (httpStatusCode, kind) => {
    const error = sdkError('UnknownError', 'UnknownError', { $metadata: { httpStatusCode } });
    expect(problemOf(error, S3)).toHaveProperty('kind', kind);
  });
});

describe('the right region is taken from', () => {
  const headers = { 'x-amz-bucket-region': 'us-west-2' };
  const message = "The authorization header is malformed; the region 'x' is wrong; expecting 'us-west-2'";

  test.each([
    ['the header', sdkError('PermanentRedirect', 'Moved.', { $response: { headers } })],
    ['the body', sdkError('AuthorizationHeaderMalformed', 'Malformed.', { Region: 'us-west-2' })],
    ['the message', sdkError('AuthorizationHeaderMalformed', message)],
    ['the header of an answer without a body', sdkError('301', 'UnknownError', { $response: { headers } })],
  ])('%s', (_, error) => {
    expect(problemOf(error, S3)).toEqual({
      kind: 'wrong-region',
      bucket: 'states',
      configured: 'eu-central-1',
      actual: 'us-west-2',
    });
  });

  test('the header before the others', () => {
    const error = sdkError('301', "expecting 'eu-west-3'", { $response: { headers }, Region: 'eu-west-1' });
    expect(problemOf(error, S3)).toHaveProperty('actual', 'us-west-2');
  });
});

describe('a refusal by KMS names the permission on the key, not the one on the object', () => {
  const key = 'arn:aws:kms:eu-central-1:111122223333:key/1234abcd';
  const who = 'User: arn:aws:sts::111122223333:assumed-role/deploy/run is not authorized to perform:';

  test.each([
    [
      'kms:GenerateDataKey',
      `${who} kms:GenerateDataKey on resource: ${key} because no identity-based policy allows it`,
    ],
    ['kms:Decrypt', `${who} kms:Decrypt on the resource ${key} because no resource-based policy allows it`],
    ['kms:Decrypt', `${who} kms:Decrypt on resource: "${key}" with an explicit deny`],
  ])('%s', (action, message) => {
    expect(problemOf(sdkError('AccessDenied', message), S3)).toEqual({
      kind: 'access-denied',
      action,
      resource: key,
      detail: message,
    });
  });
});

describe('a table with another key than Terraform’s', () => {
  test.each([
    'The provided key element does not match the schema',
    'One or more parameter values were invalid: Missing the key Id in the item',
    'The number of conditions on the keys is invalid',
  ])('is told from "%s"', (message) => {
    expect(problemOf(sdkError('ValidationException', message), DYNAMODB)).toEqual({
      kind: 'wrong-key-schema',
      table: 'locks',
    });
  });

  test('another failed validation is not taken for one', () => {
    const error = sdkError('ValidationException', 'Item size has exceeded the maximum allowed size');
    expect(problemOf(error, DYNAMODB)).toHaveProperty('kind', 'unexpected');
  });
});

test('how often a throttled request was sent is told', () => {
  const error = sdkError('SlowDown', 'Slow down.', { $metadata: { httpStatusCode: 503, attempts: 6 } });
  expect(problemOf(error, S3)).toEqual({
    kind: 'throttled',
    action: 's3:PutObject',
    attempts: 6,
    detail: 'Slow down.',
  });
});

describe('what nobody foresaw keeps its name, its status and its sentence', () => {
  test.each([
    [
      sdkError('InternalError', 'Oops.', { $metadata: { httpStatusCode: 500 } }),
      'InternalError (HTTP 500): Oops.',
    ],
    [sdkError('TypeError', 'x is not a function'), 'TypeError: x is not a function'],
  ])('%s', (error, detail) => {
    expect(problemOf(error, S3)).toEqual({
      kind: 'unexpected',
      action: S3.action,
      resource: S3.resource,
      detail,
    });
  });
});

test('an error that is translated already is passed on as it is', () => {
  const error = new BackendError({ kind: 'no-such-bucket', bucket: 'other' });
  expect(translateError(error, S3)).toBe(error);
});

describe('whether credentials expired', () => {
  test.each([
    ['ExpiredToken', true],
    ['ExpiredTokenException', true],
    ['TokenRefreshRequired', true],
    ['InvalidToken', false],
    ['AccessDenied', false],
  ])('%s: %s', (name, expired) => {
    const error = new S3ServiceException({ name, message: '', $fault: 'client', $metadata: {} });
    expect(isExpired(error)).toBe(expired);
  });

  test('what is no error did not expire', () => {
    expect(isExpired('ExpiredToken')).toBe(false);
  });
});
