import type { Encryption } from '../../config/settings.js';
import type { SourceEncryption } from '../../state/state-source.js';

/** The parameters of a `PutObject` that ask for server-side encryption. */
export interface EncryptionRequest {
  readonly ServerSideEncryption?: 'AES256' | 'aws:kms' | 'aws:kms:dsse';
  readonly SSEKMSKeyId?: string;
  readonly SSECustomerAlgorithm?: 'AES256';
  readonly SSECustomerKey?: string;
}

/** What an S3 answer says of how an object is encrypted. */
export interface EncryptionAnswer {
  readonly ServerSideEncryption?: string | undefined;
  readonly SSEKMSKeyId?: string | undefined;
}

/**
 * The headers with which Terraform writes the state and its lockfile.
 *
 * @see https://github.com/hashicorp/terraform/blob/main/internal/backend/remote-state/s3/client.go
 */
export function encryptionForWriting(encryption: Encryption): EncryptionRequest {
  switch (encryption.kind) {
    case 'bucket-default':
      return {};
    case 'aes256':
      return { ServerSideEncryption: 'AES256' };
    case 'kms':
      return { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: encryption.keyId };
    case 'customer-key':
      return { SSECustomerAlgorithm: 'AES256', SSECustomerKey: encryption.keyBase64 };
  }
}

/**
 * As Terraform writes. But where it asks for nothing, what takes the place of a state under a KMS key is put under the same one:
 * a restore may be configured with less than Terraform is.
 */
export function encryptionForReplacing(
  encryption: Encryption,
  replaced?: SourceEncryption,
): EncryptionRequest {
  if (encryption.kind === 'bucket-default' && replaced?.kind === 'kms')
    return encryptionForSnapshot(replaced);
  return encryptionForWriting(encryption);
}

/** Reading needs to say nothing, except for an object under a customer's key. */
export function encryptionForReading(encryption: Encryption): EncryptionRequest {
  return encryption.kind === 'customer-key' ? encryptionForWriting(encryption) : {};
}

/** @param encryption What the state was read with: S3 does not answer with a customer's key. */
export function sourceEncryption(answer: EncryptionAnswer, encryption: Encryption): SourceEncryption {
  if (encryption.kind === 'customer-key') return encryption;
  const algorithm = answer.ServerSideEncryption;
  if (algorithm === 'aws:kms' || algorithm === 'aws:kms:dsse') {
    return { kind: 'kms', algorithm, keyId: answer.SSEKMSKeyId };
  }
  return { kind: algorithm ? 'aes256' : 'none' };
}

/**
 * Never weaker than the source: its own algorithm and key, unless `backup_kms_key_id` names another KMS key.
 */
export function encryptionForSnapshot(source: SourceEncryption, backupKmsKeyId?: string): EncryptionRequest {
  if (backupKmsKeyId) {
    const algorithm = source.kind === 'kms' ? source.algorithm : 'aws:kms';
    return { ServerSideEncryption: algorithm, SSEKMSKeyId: backupKmsKeyId };
  }
  switch (source.kind) {
    case 'none':
      return {};
    case 'aes256':
      return { ServerSideEncryption: 'AES256' };
    case 'kms':
      return { ServerSideEncryption: source.algorithm, SSEKMSKeyId: source.keyId };
    case 'customer-key':
      return encryptionForWriting(source);
  }
}
