import { GetObjectCommand, type GetObjectCommandOutput, HeadObjectCommand } from '@aws-sdk/client-s3';
import type { Encryption } from '../../config/settings.js';
import type { StateSource, StoredState } from '../../state/state-source.js';
import type { ConnectedS3 } from '../aws/clients.js';
import { isNoSuchKey, isNotModified } from '../aws/s3-answers.js';
import { sendAndRead } from '../aws/send.js';
import { encryptionForReading, sourceEncryption } from '../aws/server-side-encryption.js';

/** A state's object, and how it is read. */
export interface StateObject {
  readonly bucket: string;
  readonly path: string;
  readonly encryption: Encryption;
}

/** Reads a state from S3, whole, into memory of its own size. */
export function s3StateReader(
  s3: ConnectedS3,
  { bucket, path, encryption }: StateObject,
): StateSource['get'] {
  return async ({ unlessEtag, signal }) => {
    const command = new GetObjectCommand({
      Bucket: bucket,
      Key: path,
      IfNoneMatch: unlessEtag,
      ...encryptionForReading(encryption),
    });
    const asked = { action: 's3:GetObject', container: bucket, key: path, signal, expected: unreadAnswer };
    const answer = await sendAndRead(
      s3,
      asked,
      (client, options) => client.send(command, options),
      (output) => storedState(output, encryption),
    );
    return answer === 'absent' ? undefined : answer;
  };
}

/**
 * Opens the connection that reading goes through, by asking once whether there is a state: the SDK has no other way.
 *
 * @throws Whatever comes of it. Who reads hears of that as well, and in words.
 */
export async function approachStateObject(
  s3: ConnectedS3,
  { bucket, path, encryption }: StateObject,
  signal: AbortSignal,
): Promise<void> {
  const command = new HeadObjectCommand({ Bucket: bucket, Key: path, ...encryptionForReading(encryption) });
  await s3.once().client.send(command, { abortSignal: signal });
}

function unreadAnswer(error: unknown): 'unchanged' | 'absent' | undefined {
  if (isNotModified(error)) return 'unchanged';
  return isNoSuchKey(error) ? 'absent' : undefined;
}

async function storedState(
  answer: GetObjectCommandOutput,
  encryption: Encryption,
): Promise<StoredState | 'absent'> {
  const body = await readWhole(answer);
  if (body.length === 0) return 'absent';
  return {
    body,
    etag: answer.ETag ?? '',
    lastModified: answer.LastModified?.getTime() ?? 0,
    encryption: sourceEncryption(answer, encryption),
    versionId: answer.VersionId === 'null' ? undefined : answer.VersionId,
  };
}

/** Fills one buffer of the announced length, so that a state of 200 MB is not held twice. */
export async function readWhole({
  Body,
  ContentLength,
}: Pick<GetObjectCommandOutput, 'Body' | 'ContentLength'>): Promise<Uint8Array> {
  const chunks = (Body ?? []) as AsyncIterable<Uint8Array>;
  if (ContentLength === undefined) return joined(chunks);
  const buffer = Buffer.allocUnsafe(ContentLength);
  let length = 0;
  for await (const chunk of chunks) {
    buffer.set(chunk, length);
    length += chunk.length;
  }
  if (length !== ContentLength) {
    throw new Error(`The body ended after ${length} of ${ContentLength} bytes.`);
  }
  return buffer;
}

/** Some gateways announce no length. */
async function joined(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts);
}
