import { Readable } from 'node:stream';
import { NoSuchKey, S3ServiceException } from '@aws-sdk/client-s3';
import { sdkStreamMixin } from '@smithy/core/serde';

/** A refusal as the SDK makes it of an S3 answer. */
export function s3Refusal(status: number, name: string, { attempts = 1, message = name } = {}): Error {
  const $metadata = { httpStatusCode: status, attempts };
  return name === 'NoSuchKey'
    ? new NoSuchKey({ message, $metadata })
    : new S3ServiceException({ name, message, $fault: 'client', $metadata });
}

/** The body of a `GetObject` answer. */
export function bodyOf(...pieces: readonly (string | Uint8Array)[]) {
  return sdkStreamMixin(Readable.from(pieces.map((piece) => Buffer.from(piece))));
}
