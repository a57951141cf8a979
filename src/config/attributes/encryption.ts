import { ACTIONS, type InputRows } from './row.js';

export const encryptionInputs = {
  encrypt: {
    type: 'boolean',
    from: 'backend',
    actions: ACTIONS,
    fallback: 'false',
    description:
      'Ask for server-side encryption of what is written: with `kms_key_id`, else with `sse_customer_key`, else with ' +
      "SSE-S3. Without it, the bucket's default applies and both keys are left unused, as in Terraform.",
  },
  kms_key_id: {
    type: 'KMS key',
    from: 'backend',
    actions: ACTIONS,
    description:
      'ID, alias or ARN of the KMS key for SSE-KMS. Needs `encrypt`, and excludes `sse_customer_key`.',
  },
  sse_customer_key: {
    type: 'customer key',
    from: 'backend',
    actions: ACTIONS,
    environment: ['AWS_SSE_CUSTOMER_KEY'],
    secret: true,
    description: 'Key for SSE-C, 32 bytes in base64. Needs `encrypt`. Falls back on `AWS_SSE_CUSTOMER_KEY`.',
  },
} as const satisfies InputRows;
