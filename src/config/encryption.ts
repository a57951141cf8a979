import type { encryptionInputs } from './attributes/encryption.js';
import { customerKey, kmsKeyId } from './aws-names.js';
import { boolean } from './formats.js';
import type { InputReader } from './input-reader.js';
import type { Encryption } from './settings.js';

/**
 * How objects are encrypted. As in Terraform, a key counts only with `encrypt`, but is checked without it too.
 * @see https://github.com/hashicorp/terraform/blob/main/internal/backend/remote-state/s3/client.go
 */
export function parseEncryption(inputs: InputReader<typeof encryptionInputs>): Encryption {
  const encrypt = inputs.read('encrypt', boolean);
  const keyId = inputs.read('kms_key_id', kmsKeyId);
  const keyBase64 = inputs.read('sse_customer_key', customerKey);
  reportTwoKeys(inputs);
  if (!encrypt) return { kind: 'bucket-default' };
  if (keyId !== undefined) return { kind: 'kms', keyId };
  if (keyBase64 !== undefined) return { kind: 'customer-key', keyBase64 };
  return { kind: 'aes256' };
}

function reportTwoKeys(inputs: InputReader<typeof encryptionInputs>): void {
  const managed = inputs.given('kms_key_id');
  const customers = inputs.given('sse_customer_key');
  if (managed === undefined || customers === undefined) return;
  inputs.report(
    `${managed.place} and ${customers.place} must not both be given: one means SSE-KMS, the other SSE-C.`,
  );
}
