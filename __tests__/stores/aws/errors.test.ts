import { S3ServiceException } from '@aws-sdk/client-s3';
import { describe, expect, test } from '@jest/globals';
import { BackendError, type BackendProblem } from '../../../src/job/backend-error.js';
import {
  isOutdated,
  isThrottled,
  type RequestFacts,
  translateError,
} from '../../../src/stores/aws/errors.js';
import { DYNAMODB, problemOf, S3, sdkError } from '../../../testing/sdk-errors.js';

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

  test.each<[string, { nobodyThere?: true }]>([
    ['ECONNREFUSED', { nobodyThere: true }],
    ['ENOTFOUND', { nobodyThere: true }],
    ['CERT_HAS_EXPIRED', { nobodyThere: true }],
    ['EPROTO', { nobodyThere: true }],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', { nobodyThere: true }],
    ['ECONNRESET', {}],
    ['EAI_AGAIN', {}],
    ['ETIMEDOUT', {}],
    ['EHOSTUNREACH', {}],
    ['ENETUNREACH', {}],
    ['EPIPE', {}],
  ])('%s of the network is unreachable', (code, nobodyThere) => {
    const facts = { ...DYNAMODB, endpoint: 'http://127.0.0.1:9' };
    expect(problemOf(sdkError('Error', `connect ${code}`, { code }), facts)).toEqual({
      kind: 'unreachable',
      service: 'DynamoDB',
      endpoint: 'http://127.0.0.1:9',
      detail: `connect ${code}`,
      ...nobodyThere,
    });
  });

  test.each([
    { what: 'a write', facts: { ...S3, action: 's3:DeleteObject' }, unanswered: true, mayBeDone: true },
    { what: 'a write', facts: { ...S3, action: 's3:DeleteObject' }, unanswered: false, mayBeDone: false },
    { what: 'a read', facts: { ...S3, action: 's3:GetObject' }, unanswered: true, mayBeDone: false },
    {
      what: 'a read',
      facts: { ...DYNAMODB, action: 'dynamodb:GetItem' },
      unanswered: true,
      mayBeDone: false,
    },
  ])(
    'of $what that was throttled at last it says that it may be done: $mayBeDone (an attempt got no answer: $unanswered)',
    ({ facts, unanswered, mayBeDone }) => {
      const error = sdkError('SlowDown', 'Slow down.', { $metadata: { unanswered } });
      expect(translateError(error, facts)).toHaveProperty('mayBeDone', mayBeDone);
    },
  );

  test('a network error without a sentence is told by its code', () => {
    // Node.js tries IPv4 and IPv6, and leaves the message of the two failures empty.
    const error = sdkError('AggregateError', '', { code: 'ECONNREFUSED' });
    expect(problemOf(error, S3)).toMatchObject({
      kind: 'unreachable',
      service: 'S3',
      detail: 'ECONNREFUSED',
    });
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

  test('also where it is one that nobody foresaw', () => {
    const error = sdkError('AccountProblem', 'Call us.', {
      $fault: 'client',
      $metadata: { httpStatusCode: 403 },
    });
    expect(problemOf(error, S3)).toMatchObject({
      kind: 'unexpected',
      detail: 'AccountProblem (HTTP 403): Call us.',
    });
  });

  const rows = [
    'Unknown',
    'UnknownError',
    'S3ServiceException',
    'DynamoDBServiceException',
    'Error',
    '403',
    '',
  ];
  test.each(rows)('but an answer without a body, which the SDK calls "%s", has only its status', (name) => {
    const answer = (httpStatusCode: number) => sdkError(name, '', { $metadata: { httpStatusCode } });
    expect(problemOf(answer(403), S3)).toHaveProperty('kind', 'access-denied');
    if (name !== '403') expect(problemOf(answer(301), S3)).toHaveProperty('kind', 'wrong-region');
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
      sdkError('AccountProblem', 'Oops.', { $fault: 'client', $metadata: { httpStatusCode: 400 } }),
      'AccountProblem (HTTP 400): Oops.',
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

describe('what an error says of the request', () => {
  const thrown = (name: string) =>
    new S3ServiceException({ name, message: '', $fault: 'client', $metadata: {} });

  test.each([
    ['ExpiredToken', true],
    ['ExpiredTokenException', true],
    ['TokenRefreshRequired', true],
    ['InvalidAccessKeyId', true],
    ['InvalidToken', true],
    ['InvalidClientTokenId', true],
    ['UnrecognizedClientException', true],
    ['SignatureDoesNotMatch', false],
    ['AccessDenied', false],
  ])('%s: its credentials are outdated: %s', (name, outdated) => {
    expect(isOutdated(thrown(name))).toBe(outdated);
  });

  test.each([
    ['SlowDown', true],
    ['ProvisionedThroughputExceededException', true],
    ['InternalError', false],
    ['ServiceUnavailable', false],
  ])('%s: it was not carried out, because there were too many: %s', (name, throttled) => {
    expect(isThrottled(thrown(name))).toBe(throttled);
  });

  test('what is no error says nothing', () => {
    expect(isOutdated('ExpiredToken')).toBe(false);
    expect(isThrottled('SlowDown')).toBe(false);
  });
});
