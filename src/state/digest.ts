import { createHash } from 'node:crypto';

/** The digest of a state with these bytes: lower-case hex MD5. */
export function md5Hex(body: Uint8Array): string {
  return createHash('md5').update(body).digest('hex');
}

/**
 * A digest in the form in which Terraform writes it. Terraform decodes the hex when it reads, so any case will do.
 *
 * @returns undefined if the text is no MD5; Terraform then goes on as if there were no digest.
 * @see https://github.com/hashicorp/terraform/blob/main/internal/backend/remote-state/s3/client.go getMD5
 */
export function parseDigest(text: string): string | undefined {
  const normalised = text.toLowerCase();
  return /^[0-9a-f]{32}$/.test(normalised) ? normalised : undefined;
}
