import { BackendError, type BackendProblem, type Service } from '../../job/backend-error.js';

/** What was asked for when an SDK error came back: enough to say which permission or resource is missing. */
export interface RequestFacts {
  readonly service: Service;
  /** The IAM action, as `s3:PutObject`. */
  readonly action: string;
  /** The ARN that the action applies to. */
  readonly resource: string;
  /** The bucket or the table. */
  readonly container: string;
  readonly region: string;
  readonly endpoint?: string;
  readonly credentialsTried: string;
}

/** The parts of an SDK error that are read. Parsed error bodies leave further fields (`Region`) on the error itself. */
interface SdkError {
  readonly name: string;
  readonly message: string;
  readonly code?: string;
  readonly Region?: string;
  readonly $metadata?: {
    readonly httpStatusCode?: number;
    readonly attempts?: number;
    readonly unanswered?: boolean;
  };
  readonly $fault?: 'client' | 'server';
  readonly $response?: { readonly headers?: Readonly<Record<string, string>> };
}

const EXPIRED = ['ExpiredToken', 'ExpiredTokenException', 'TokenRefreshRequired'];
const REVOKED = ['InvalidAccessKeyId', 'InvalidToken', 'InvalidClientTokenId', 'UnrecognizedClientException'];
const THROTTLED = [
  'SlowDown',
  'ThrottlingException',
  'Throttling',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'TooManyRequestsException',
  'BandwidthLimitExceeded',
];

/** The service, or what stands before it, cannot do its work at the moment, by whatever name it calls that. */
const UNABLE = [500, 502, 503, 504];

type Translation = (error: SdkError, facts: RequestFacts) => BackendProblem;

/**
 * One row per condition, by the error's code.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html
 */
const TRANSLATIONS: readonly { readonly codes: readonly string[]; readonly problem: Translation }[] = [
  { codes: ['NoSuchBucket'], problem: (_, { container }) => ({ kind: 'no-such-bucket', bucket: container }) },
  {
    codes: ['PermanentRedirect', 'AuthorizationHeaderMalformed', 'IllegalLocationConstraintException', '301'],
    problem: wrongRegion,
  },
  {
    codes: ['ResourceNotFoundException'],
    problem: (_, { container, region }) => ({ kind: 'no-such-table', table: container, region }),
  },
  {
    codes: ['AccessDenied', 'AccessDeniedException', 'AllAccessDisabled', 'Forbidden', '403'],
    problem: accessDenied,
  },
  {
    codes: EXPIRED,
    problem: ({ message }) => ({ kind: 'expired-credentials', detail: message }),
  },
  {
    codes: [
      ...REVOKED,
      'SignatureDoesNotMatch',
      'InvalidSignatureException',
      'IncompleteSignature',
      'MissingAuthenticationTokenException',
      'RequestTimeTooSkewed',
    ],
    problem: ({ message }) => ({ kind: 'rejected-credentials', detail: message }),
  },
  {
    codes: ['CredentialsProviderError', 'ProviderError', 'TokenProviderError'],
    problem: ({ message }, { credentialsTried }) => ({
      kind: 'no-credentials',
      tried: credentialsTried,
      detail: message,
    }),
  },
  {
    codes: THROTTLED,
    problem: ({ message, $metadata }, { action }) => ({
      kind: 'throttled',
      action,
      attempts: $metadata?.attempts ?? 1,
      detail: message,
    }),
  },
  {
    codes: [
      'InternalError',
      'InternalServerError',
      'ServiceUnavailable',
      'ServiceUnavailableException',
      'RequestTimeout',
      ...UNABLE.map(String),
    ],
    problem: unavailable,
  },
  {
    codes: ['BadDigest', 'InvalidDigest', 'XAmzContentSHA256Mismatch', 'XAmzContentChecksumMismatch'],
    problem: ({ message }, { resource }) => ({ kind: 'damaged-in-transit', resource, detail: message }),
  },
  {
    codes: [
      'ECONNREFUSED',
      'ENOTFOUND',
      'CERT_HAS_EXPIRED',
      'CERT_NOT_YET_VALID',
      'DEPTH_ZERO_SELF_SIGNED_CERT',
      // What answers does not speak TLS: the endpoint is of `http://`.
      'EPROTO',
      'ERR_TLS_CERT_ALTNAME_INVALID',
      'SELF_SIGNED_CERT_IN_CHAIN',
      'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    ],
    problem: (error, facts) => ({ ...unreachable(error, facts), nobodyThere: true }),
  },
  {
    codes: ['ECONNRESET', 'EAI_AGAIN', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'EPIPE', 'TimeoutError'],
    problem: unreachable,
  },
];

/** Whether the service refused credentials that it may have taken before: expired, or a lease that was revoked. */
export function isOutdated(error: unknown): boolean {
  return error instanceof Error && [...EXPIRED, ...REVOKED].includes(error.name);
}

/** Whether the service asked for fewer requests; then it did not carry out this one. */
export function isThrottled(error: unknown): boolean {
  return error instanceof Error && THROTTLED.includes(error.name);
}

/** Whether no connection came about, so that nothing can have been carried out. */
export function isUnsent(error: unknown): boolean {
  return ['ECONNREFUSED', 'ENOTFOUND'].includes((error as SdkError).code ?? '');
}

/** The `message` that DynamoDB gives a key that is not the table's, whatever the request. */
const KEY_SCHEMA_MESSAGE =
  /key element does not match the schema|Missing the key|Type mismatch for key|number of conditions on the keys/i;

/**
 * Turns what the SDK threw into a {@link BackendError}, the SDK's error as its `cause`.
 *
 * Expected answers (a failed condition, a missing object) are the callers' to handle first.
 */
export function translateError(error: unknown, facts: RequestFacts): BackendError {
  if (error instanceof BackendError) return error;
  const seen = error as SdkError;
  const mayBeDone = seen.$metadata?.unanswered === true && !READS.test(facts.action);
  return new BackendError(problemOf(seen, facts), { cause: error, mayBeDone });
}

/** The actions that change nothing, whether they are answered or not. */
const READS = /:(Get|List)/;

function problemOf(error: SdkError, facts: RequestFacts): BackendProblem {
  if (error.name === 'ValidationException' && KEY_SCHEMA_MESSAGE.test(error.message)) {
    return { kind: 'wrong-key-schema', table: facts.container };
  }
  const row = codesOf(error)
    .map(rowFor)
    .find((found) => found !== undefined);
  if (row) return row.problem(error, facts);
  // The SDK understood no error of the service's: an answer that broke off, or that is none of its own.
  if (error.$metadata && error.$fault === undefined) return unreachable(error, facts);
  const status = error.$metadata?.httpStatusCode;
  if (status !== undefined && UNABLE.includes(status)) return unavailable(error, facts);
  const detail = `${error.name}${status ? ` (HTTP ${status})` : ''}: ${error.message}`;
  return { kind: 'unexpected', action: facts.action, resource: facts.resource, detail };
}

function rowFor(code: string) {
  return TRANSLATIONS.find(({ codes }) => codes.includes(code));
}

/** Most telling first. An answer without a body has no name, so there the status is all there is. */
function codesOf(error: SdkError): string[] {
  const nameless = NAMELESS.test(error.name);
  return [error.name, error.code ?? '', nameless ? String(error.$metadata?.httpStatusCode ?? '') : ''];
}

/** What the SDK calls an error whose code it was not told. */
const NAMELESS =
  /^(?:Error|Unknown|UnknownError|S3ServiceException|DynamoDBServiceException|STSServiceException|\d+)?$/;

function wrongRegion(error: SdkError, { service, container, region }: RequestFacts): BackendProblem {
  const actual =
    error.$response?.headers?.['x-amz-bucket-region'] ?? error.Region ?? regionNamedIn(error.message);
  return {
    kind: 'wrong-region',
    configured: region,
    bucket: service === 'S3' ? container : undefined,
    actual,
  };
}

/** S3 names the right region in the message too: `the region 'us-east-1' is wrong; expecting 'eu-west-1'`. */
function regionNamedIn(message: string): string | undefined {
  return /expecting '([a-z0-9-]+)'/.exec(message)?.[1];
}

/**
 * AWS's own sentence names the action where it is another one than was asked for: KMS refuses in S3's name, and a
 * delete with `If-Match` needs to read.
 */
function accessDenied({ message }: SdkError, { action, resource }: RequestFacts): BackendProblem {
  const named = /perform: ([\w-]+:\w+) on (?:the )?resource:? "?([^"\s]+)/.exec(message);
  const other = named?.[1] === action ? undefined : named;
  return {
    kind: 'access-denied',
    action: other?.[1] ?? action,
    resource: other?.[2] ?? resource,
    detail: message,
  };
}

function unavailable(
  { name, message, $metadata }: SdkError,
  { service, action }: RequestFacts,
): BackendProblem {
  const detail = `HTTP ${$metadata?.httpStatusCode ?? 'status unknown'} ${message || name}`;
  return { kind: 'unavailable', service, action, detail };
}

function unreachable(
  { message, code, name }: SdkError,
  { service, endpoint }: RequestFacts,
): Extract<BackendProblem, { kind: 'unreachable' }> {
  return { kind: 'unreachable', service, detail: message || code || name, endpoint };
}
