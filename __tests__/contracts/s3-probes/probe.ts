import {
  GetObjectCommand,
  type GetObjectCommandInput,
  PutObjectCommand,
  type PutObjectCommandInput,
  type S3Client,
  type S3ClientConfig,
  S3ServiceException,
} from '@aws-sdk/client-s3';

/**
 * One question to an S3 server. Its answer is a short text, so that what a server does instead of what S3 does can be
 * written down, and found out when it changes.
 */
export interface Probe {
  readonly name: string;
  /** What Amazon S3 answers. */
  readonly expected: string;
  readonly observe: (context: ProbeContext) => Promise<string>;
}

export interface ProbeContext {
  readonly client: S3Client;
  /** A bucket without versioning. */
  readonly bucket: string;
  readonly versionedBucket: string;
  /** A key of this probe's own. Probes that need several start all of them with it. */
  readonly key: string;
  /** The same server, seen by a client that differs in something. */
  connect(differences: S3ClientConfig): S3Client;
}

/** `200` for a success, `412 PreconditionFailed` for a refusal. */
export async function outcome(
  response: Promise<{ readonly $metadata: { readonly httpStatusCode?: number | undefined } }>,
): Promise<string> {
  try {
    return String((await response).$metadata.httpStatusCode);
  } catch (error) {
    return refusal(error);
  }
}

/** @throws the error itself, if it is not a server's answer */
export function refusal(error: unknown): string {
  if (error instanceof S3ServiceException) return `${error.$metadata.httpStatusCode} ${error.name}`;
  const unreadable = error as { readonly $response?: { readonly statusCode?: number } };
  if (unreadable.$response?.statusCode) return `${unreadable.$response.statusCode} without an error document`;
  throw error;
}

/** How often each outcome occurred, as `1 × 200, 19 × refused`. S3 may refuse the loser of a race with 409 as well as 412. */
export async function tally(responses: readonly Parameters<typeof outcome>[0][]): Promise<string> {
  const outcomes = (await Promise.all(responses.map(outcome))).map((each) =>
    /^4(09|12) |^404 NoSuchKey/.test(each) ? 'refused' : each,
  );
  return [...new Set(outcomes)]
    .sort()
    .map((each) => `${outcomes.filter((other) => other === each).length} × ${each}`)
    .join(', ');
}

/** PUTs an object into the plain bucket, under the probe's key unless another is given. */
export function put(
  { client, bucket, key }: ProbeContext,
  body: string | Buffer,
  input: Partial<PutObjectCommandInput> = {},
) {
  return client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, ...input }));
}

/** The body of an object in the plain bucket, or how the GET was refused. */
export async function read(
  { client, bucket, key }: ProbeContext,
  input: Partial<GetObjectCommandInput> = {},
): Promise<string> {
  try {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key, ...input }));
    return (await Body?.transformToString()) ?? '';
  } catch (error) {
    return refusal(error);
  }
}

/** The ETag of an object that a probe prepares. */
export async function etagOf(written: ReturnType<typeof put>): Promise<string> {
  return (await written).ETag ?? '';
}

/** An ETag that no object has. */
export const STALE_ETAG = '"00000000000000000000000000000000"';
