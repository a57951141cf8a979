import { GetObjectCommand, type GetObjectCommandOutput } from '@aws-sdk/client-s3';
import type { Encryption } from '../../config/settings.js';
import type { StateSource, StoredState } from '../../state/state-source.js';
import { abortable, type ConnectedS3, failure } from '../aws/clients.js';
import { isNoSuchKey, isNotModified } from '../aws/s3-answers.js';
import { encryptionForReading, sourceEncryption } from '../aws/server-side-encryption.js';

/** A state's object, and how it is read. */
export interface StateObject {
  readonly bucket: string;
  readonly path: string;
  readonly encryption: Encryption;
}

/** Reads a state from S3, whole, into memory of its own size. */
export function s3StateReader(s3: ConnectedS3, object: StateObject): StateSource['get'] {
  return async ({ unlessEtag, signal }) => {
    try {
      const answer = await s3.client.send(
        new GetObjectCommand({
          Bucket: object.bucket,
          Key: object.path,
          IfNoneMatch: unlessEtag,
          ...encryptionForReading(object.encryption),
        }),
        abortable(signal),
      );
      return await storedState(answer, object.encryption);
    } catch (error) {
      if (isNotModified(error)) return 'unchanged';
      if (isNoSuchKey(error)) return undefined;
      const asked = {
        service: 'S3',
        action: 's3:GetObject',
        container: object.bucket,
        key: object.path,
      } as const;
      throw failure(error, asked, s3, signal);
    }
  };
}

async function storedState(
  answer: GetObjectCommandOutput,
  encryption: Encryption,
): Promise<StoredState | undefined> {
  const body = await readWhole(answer);
  if (body.length === 0) return undefined;
  return {
    body,
    etag: answer.ETag ?? '',
    lastModified: answer.LastModified?.getTime() ?? 0,
    encryption: sourceEncryption(answer, encryption),
    versionId: answer.VersionId === 'null' ? undefined : answer.VersionId,
  };
}

/** Fills one buffer of the announced length, so that a state of 200 MB is not held twice. */
async function readWhole({ Body, ContentLength }: GetObjectCommandOutput): Promise<Uint8Array> {
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
