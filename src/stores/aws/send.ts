import type { HttpHandlerOptions } from '@smithy/types';
import type { Service } from '../../job/backend-error.js';
import { translateError } from './errors.js';
import type { Identity } from './identity.js';

/** How to reach a service: the part of the configuration that a client needs. */
export interface Connection {
  readonly region: string;
  readonly endpoint?: string;
  /** How often a failed request is tried again, beyond the first attempt. */
  readonly maxRetries: number;
  readonly identity: Identity;
}

/** A client, and the facts that its errors are told with. */
export interface Connected<Client, To extends Connection = Connection> {
  readonly client: Client;
  readonly service: Service;
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
 * Sends a request, and reads its answer. The one place that catches what the SDK throws.
 *
 * @param request Sends it with these options. What it does with the answer belongs to it: a body can fail like a request.
 * @throws The signal's reason once it aborts; a `BackendError` for every other error that is not expected.
 */
export async function send<Client, Answer, Expected = never>(
  { client, service, connection }: Connected<Client>,
  asked: Asked<Expected>,
  request: (client: Client, options: HttpHandlerOptions) => Promise<Answer>,
): Promise<Answer | Expected> {
  const { signal } = asked;
  try {
    return await request(client, signal ? { abortSignal: signal } : {});
  } catch (error) {
    const answer = asked.expected?.(error);
    if (answer !== undefined) return answer;
    if (signal?.aborted) throw signal.reason;
    throw translateError(error, {
      service,
      action: asked.action,
      container: asked.container,
      resource: arnOf(service, connection.region, asked),
      region: connection.region,
      endpoint: connection.endpoint,
      credentialsTried: connection.identity.described,
    });
  }
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
function arnOf(
  service: Service,
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
