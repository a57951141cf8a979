import { DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import type { Encryption } from '../../config/settings.js';
import { DRILL_KEY } from '../../names/drill-place.js';
import type { Scratch } from '../../snapshots/verification/scratch.js';
import type { ConnectedS3 } from '../aws/clients.js';
import { send } from '../aws/send.js';
import { encryptionForWriting } from '../aws/server-side-encryption.js';
import { listObjects } from './object-listing.js';
import { ownerAcl } from './snapshot-objects.js';

/** Where a drill writes, and how. */
export interface ScratchObjects {
  readonly bucket: string;
  readonly encryption: Encryption;
  readonly acl?: string;
}

export async function putScratch(
  s3: ConnectedS3,
  { bucket, encryption, acl }: ScratchObjects,
  { path, body, signal }: { readonly path: string; readonly body: Uint8Array; readonly signal?: AbortSignal },
): Promise<void> {
  const asked = { action: 's3:PutObject', container: bucket, key: path, signal };
  const command = new PutObjectCommand({
    Bucket: bucket,
    Key: path,
    Body: body,
    ContentType: 'application/json',
    ...encryptionForWriting(encryption),
    ...ownerAcl(acl),
  });
  await send(s3, asked, (client, options) => client.send(command, options));
}

export async function deleteScratch(
  s3: ConnectedS3,
  bucket: string,
  { path, signal }: { readonly path: string; readonly signal?: AbortSignal },
): Promise<void> {
  const asked = { action: 's3:DeleteObject', container: bucket, key: path, signal };
  const command = new DeleteObjectCommand({ Bucket: bucket, Key: path });
  await send(s3, asked, (client, options) => client.send(command, options));
}

/**
 * What drills have left. Whatever else lies there was put there by others, and is theirs to remove.
 *
 * @param folder That of all drills; ends with `/`.
 */
export async function* listScratch(
  s3: ConnectedS3,
  { bucket, folder }: { readonly bucket: string; readonly folder: string },
  signal?: AbortSignal,
): ReturnType<Scratch['list']> {
  for await (const { key, lastModified } of listObjects(s3, { bucket, prefix: folder }, signal)) {
    // A store that does not say when: as if it were only just there, so that no drill that goes on is disturbed.
    if (key.endsWith(`/${DRILL_KEY}`))
      yield { path: key, storedAt: lastModified ?? Number.POSITIVE_INFINITY };
  }
}
