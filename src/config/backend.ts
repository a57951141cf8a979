import { statePathOf } from '../names/state-path.js';
import type { backendInputs } from './attributes/backend.js';
import type { sdkVariables } from './attributes/reach.js';
import { bucketName, cannedAcl, objectTags, regionName } from './aws-names.js';
import { boolean, endpoint, wholeNumber } from './formats.js';
import type { InputReader } from './input-reader.js';
import { stateKey, workspaceKeyPrefix, workspaceName } from './key-formats.js';
import type { Backend } from './settings.js';

/**
 * What the AWS SDK does where nobody says otherwise. Terraform leaves the number to it where `max_retries` is 0; any other
 * number counts the first attempt too.
 *
 * @see https://github.com/hashicorp/aws-sdk-go-base/blob/main/aws_config.go resolveRetryer
 */
const DEFAULT_ATTEMPTS = 3;

/** The backend but for its encryption, and the prefix that Terraform lists workspaces under. */
export interface ParsedBackend {
  readonly backend: Omit<Backend, 'encryption'>;
  readonly workspaceKeyPrefix: string;
}

interface BackendReaders {
  readonly inputs: InputReader<typeof backendInputs>;
  readonly sdk: InputReader<typeof sdkVariables>;
}

/** Where the state lives. As in Terraform, a custom endpoint needs a region too: requests are signed for it. */
export function parseBackend({ inputs, sdk }: BackendReaders): ParsedBackend {
  const bucket = inputs.require('bucket', bucketName);
  const key = inputs.require('key', stateKey);
  const region = inputs.require('region', regionName);
  const workspace = inputs.read('workspace', workspaceName);
  const prefix = inputs.read('workspace_key_prefix', workspaceKeyPrefix);
  const backend = {
    bucket,
    statePath: statePathOf({ key, workspace, workspaceKeyPrefix: prefix }),
    workspace,
    region,
    usePathStyle: inputs.read('use_path_style', boolean),
    maxAttempts:
      inputs.read('max_retries', wholeNumber) || sdk.read('max_attempts', wholeNumber) || DEFAULT_ATTEMPTS,
    skipS3Checksum: inputs.read('skip_s3_checksum', boolean),
    s3Endpoint: inputs.read('endpoint', endpoint),
    dynamodbEndpoint: inputs.read('dynamodb_endpoint', endpoint),
    acl: inputs.read('acl', cannedAcl),
    lockTags: inputs.read('lock_tags', objectTags),
  };
  return { backend, workspaceKeyPrefix: prefix };
}
