import { statePathOf } from '../names/state-path.js';
import { bucketName, cannedAcl, regionName } from './aws-names.js';
import { boolean, endpoint, wholeNumber } from './formats.js';
import type { InputDeclarations, InputReader } from './input-reader.js';
import { stateKey, workspaceKeyPrefix, workspaceName } from './key-formats.js';
import type { Backend } from './settings.js';

/**
 * The attributes of the backend, under the names and with the environment variables of Terraform.
 * @see https://developer.hashicorp.com/terraform/language/backend/s3
 */
export const backendInputs = {
  bucket: { verbatim: true },
  key: { verbatim: true },
  region: { environment: ['AWS_REGION', 'AWS_DEFAULT_REGION'] },
  endpoint: { environment: ['AWS_ENDPOINT_URL_S3', 'AWS_S3_ENDPOINT', 'AWS_ENDPOINT_URL'] },
  dynamodb_endpoint: {
    environment: ['AWS_ENDPOINT_URL_DYNAMODB', 'AWS_DYNAMODB_ENDPOINT', 'AWS_ENDPOINT_URL'],
  },
  acl: {},
  use_path_style: { fallback: 'false' },
  max_retries: { fallback: '5' },
  skip_s3_checksum: { fallback: 'false' },
  // Without the fallback `default`: action.yml says why.
  workspace: { environment: ['TF_WORKSPACE'], verbatim: true },
  workspace_key_prefix: { fallback: 'env:', verbatim: true },
} as const satisfies InputDeclarations;

/**
 * What 0 stands for: then Terraform leaves the number to the AWS SDK. Any other number counts the first attempt too.
 *
 * @see https://github.com/hashicorp/aws-sdk-go-base/blob/main/aws_config.go resolveRetryer
 */
const DEFAULT_ATTEMPTS = 3;

/** The backend but for its encryption, and the prefix that Terraform lists workspaces under. */
export interface ParsedBackend {
  readonly backend: Omit<Backend, 'encryption'>;
  readonly workspaceKeyPrefix: string;
}

/** Where the state lives. As in Terraform, a custom endpoint needs a region too: requests are signed for it. */
export function parseBackend(inputs: InputReader<typeof backendInputs>): ParsedBackend {
  const bucket = inputs.require('bucket', bucketName);
  const key = inputs.require('key', stateKey);
  const region = inputs.require('region', regionName);
  const workspace = inputs.read('workspace', workspaceName) ?? 'default';
  const prefix = inputs.read('workspace_key_prefix', workspaceKeyPrefix);
  const backend = {
    bucket,
    statePath: statePathOf({ key, workspace, workspaceKeyPrefix: prefix }),
    workspace,
    region,
    usePathStyle: inputs.read('use_path_style', boolean),
    maxAttempts: inputs.read('max_retries', wholeNumber) || DEFAULT_ATTEMPTS,
    skipS3Checksum: inputs.read('skip_s3_checksum', boolean),
    s3Endpoint: inputs.read('endpoint', endpoint),
    dynamodbEndpoint: inputs.read('dynamodb_endpoint', endpoint),
    acl: inputs.read('acl', cannedAcl),
  };
  return { backend, workspaceKeyPrefix: prefix };
}
