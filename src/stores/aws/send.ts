import type { HttpHandlerOptions } from '@smithy/types';
import type { Reach } from '../../config/settings.js';
import { BackendError, type StoreService } from '../../job/backend-error.js';
import { type RequestFacts, translateError } from './errors.js';
import type { Identity } from './identity.js';
import type { Roots } from './request-handler.js';

/** How to reach a service: the part of the configuration that a client needs. */
export interface Connection {
  readonly region: string;
  readonly endpoint?: string;
  /** How often a request is sent in all, while it fails for a passing reason. */
  readonly maxAttempts: number;
  readonly identity: Identity;
  readonly reach: Reach;
  /** What is trusted, as PEM, and nothing else; the authorities that Node.js trusts without it. */
  readonly roots?: Roots;
}

/** A client, and the facts that its errors are told with. */
export interface Connected<Client, To extends Connection = Connection> {
  readonly client: Client;
  readonly service: StoreService;
  readonly connection: To;
}

/** One request: what its errors are told with, and which of them the caller expects. */
export interface Asked<Expected> {
  /** The IAM action, as `s3:PutObject`. */
  readonly action: string;
  /** The bucket or the table. */
  readonly container: string;
  /** The object's key, where there is one. */
  readonly key?: string;
  readonly signal?: AbortSignal;
  /**
   * @returns What is returned in place of this error; undefined if it is none that is expected.
   * @throws What is thrown in place of it.
   */
  readonly expected?: (error: unknown) => Expected | undefined;
}

/**
 * Sends a request. The one place that catches what the SDK throws.
 *
 * @throws The signal's reason once it aborts; a `BackendError` for every other error that is not expected.
 */
export async function send<Client, Output, Expected = never>(
  to: Connected<Client>,
  asked: Asked<Expected>,
  request: (client: Client, options: HttpHandlerOptions) => Promise<Output>,
): Promise<Output | Expected> {
  const { signal } = asked;
  try {
    return await request(to.client, signal ? { abortSignal: signal } : {});
  } catch (error) {
    const answer = asked.expected?.(error);
    if (answer !== undefined) return answer;
    if (signal?.aborted) throw signal.reason;
    throw translateError(error, factsOf(to, asked));
  }
}

/** The error of one part of a request that was carried out otherwise. */
export function refusalIn(
  to: Connected<unknown>,
  asked: Asked<unknown>,
  { name, message }: Pick<Error, 'name' | 'message'>,
): BackendError {
  return translateError(Object.assign(new Error(message), { name }), factsOf(to, asked));
}

/**
 * Sends a request that only reads, and reads the body of its answer. The SDK tries a request again only until the
 * headers have come; where the body breaks off, both are tried again here.
 *
 * @param read Reads the body, to its end.
 * @throws As {@link send}.
 */
export async function sendAndRead<Client, Output, Answer, Expected = never>(
  to: Connected<Client>,
  asked: Asked<Expected>,
  request: (client: Client, options: HttpHandlerOptions) => Promise<Output>,
  read: (output: Output) => Promise<Answer>,
): Promise<Answer | Expected> {
  const { signal } = asked;
  for (let attempt = 1; ; attempt++) {
    const output = await send(to, { ...asked, expected: expectedApart(asked) }, request);
    if (output instanceof Apart) return output.answer;
    try {
      return await read(output);
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      if (attempt >= to.connection.maxAttempts) throw brokenOff(error, to);
    }
  }
}

/** What a caller expects in place of an answer, told apart from an answer. */
class Apart<Expected> {
  constructor(readonly answer: Expected) {}
}

function expectedApart<Expected>({ expected }: Asked<Expected>) {
  return (error: unknown) => {
    const answer = expected?.(error);
    return answer === undefined ? undefined : new Apart(answer);
  };
}

/** The error of a body that did not come to its end. */
export function brokenOff(
  error: unknown,
  { service, connection: { endpoint } }: Connected<unknown>,
): BackendError {
  const detail = `its answer broke off: ${error instanceof Error ? error.message : error}`;
  return new BackendError({ kind: 'unreachable', service, endpoint, detail }, { cause: error });
}

function factsOf({ service, connection }: Connected<unknown>, asked: Asked<unknown>): RequestFacts {
  return {
    service,
    action: asked.action,
    container: asked.container,
    resource: arnOf(service, connection.region, asked),
    region: connection.region,
    endpoint: connection.endpoint,
    credentialsTried: connection.identity.described,
  };
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
function arnOf(
  service: StoreService,
  region: string,
  { container, key }: Pick<Asked<unknown>, 'container' | 'key'>,
): string {
  const partition = region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
  switch (service) {
    case 'DynamoDB':
      return container.startsWith('arn:')
        ? container
        : `arn:${partition}:dynamodb:${region}:*:table/${container}`;
    case 'S3':
      return `arn:${partition}:s3:::${container}${key === undefined ? '' : `/${key}`}`;
  }
}
