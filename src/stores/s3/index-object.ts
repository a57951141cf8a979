import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import type { Encryption } from '../../config/settings.js';
import type { IndexStore } from '../../snapshots/index/index-store.js';
import type { ConnectedS3 } from '../aws/clients.js';
import { isConditionalConflict, isNoSuchKey, isPreconditionFailed } from '../aws/s3-answers.js';
import { send, sendAndRead } from '../aws/send.js';
import { encryptionForReading, encryptionForWriting } from '../aws/server-side-encryption.js';
import { ownerAcl } from './snapshot-objects.js';
import { readWhole } from './state-object.js';

/** Where an index is kept, and how it is written. */
export interface IndexObject {
  readonly bucket: string;
  readonly key: string;
  readonly encryption: Encryption;
  readonly acl?: string;
  /** In bytes. Of what is larger nothing is read. */
  readonly largest: number;
}

/** An index in S3: one object, which is replaced only while it is the one that was read. */
export function s3Index(s3: ConnectedS3, object: IndexObject): IndexStore {
  const { bucket, key, encryption, acl, largest } = object;
  return {
    async read(signal) {
      const command = new GetObjectCommand({
        Bucket: bucket,
        Key: key,
        ...encryptionForReading(encryption),
      });
      const expected = (error: unknown) => (isNoSuchKey(error) ? ('absent' as const) : undefined);
      const asked = { action: 's3:GetObject', container: bucket, key, signal, expected };
      const answer = await sendAndRead(
        s3,
        asked,
        (client, options) => client.send(command, options),
        async (output) => {
          const isTooLarge = (output.ContentLength ?? 0) > largest;
          if (isTooLarge) (output.Body as { destroy?(): void } | undefined)?.destroy?.();
          const body = isTooLarge ? new Uint8Array() : await readWhole(output);
          return { body, version: output.ETag ?? '' };
        },
      );
      return answer === 'absent' ? undefined : answer;
    },

    async write(body, replaced, signal) {
      const command = new PutObjectCommand({
        Bucket: bucket,
        Key: key,
        Body: body,
        ContentType: 'application/gzip',
        ...(replaced === undefined ? { IfNoneMatch: '*' } : { IfMatch: replaced }),
        ...encryptionForWriting(encryption),
        ...ownerAcl(acl),
      });
      const expected = (error: unknown) => (isOvertaken(error) ? ('refused' as const) : undefined);
      const asked = { action: 's3:PutObject', container: bucket, key, signal, expected };
      const answer = await send(s3, asked, (client, options) => client.send(command, options));
      return answer === 'refused' ? answer : { version: answer.ETag ?? '' };
    },
  };
}

/** Another run wrote it, is writing it, or removed it: S3 answers 404 to `If-Match` of what is gone. */
function isOvertaken(error: unknown): boolean {
  return isPreconditionFailed(error) || isConditionalConflict(error) || isNoSuchKey(error);
}
