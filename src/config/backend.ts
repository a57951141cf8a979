import { statePathOf } from '../names/state-path.js';
import type { backendInputs } from './attributes/backend.js';
import type { sdkVariables } from './attributes/reach.js';
import { bucketName, cannedAcl, objectTags, regionName } from './aws-names.js';
import { boolean, endpoint, wholeNumber } from './formats.js';
import type { InputReader } from './input-reader.js';
import { stateKey, workspaceKeyPrefix, workspaceName } from './key-formats.js';
import type { Backend, StateBucket } from './settings.js';

/**
 * What the AWS SDK does where nobody says otherwise. Terraform leaves the number to it where `max_retries` is 0; any other
 * number counts the first attempt too.
 *
 * @see https://github.com/hashicorp/aws-sdk-go-base/blob/main/aws_config.go resolveRetryer
 */
const DEFAULT_ATTEMPTS = 3;

interface BackendReaders {
  readonly inputs: InputReader<typeof backendInputs>;
  readonly sdk: InputReader<typeof sdkVariables>;
}

/** Which state of its bucket is meant. */
export function parseStatePath(
  inputs: InputReader<typeof backendInputs>,
  prefix: string,
): Pick<Backend, 'statePath' | 'workspace'> {
  const key = inputs.require('key', stateKey);
  const workspace = inputs.read('workspace', workspaceName);
  return { statePath: statePathOf({ key, workspace, workspaceKeyPrefix: prefix }), workspace };
}

/** The prefix that Terraform lists workspaces under. */
export function parseWorkspaceKeyPrefix(inputs: InputReader<typeof backendInputs>): string {
  return inputs.read('workspace_key_prefix', workspaceKeyPrefix);
}

/** Where states live. As in Terraform, a custom endpoint needs a region too: requests are signed for it. */
export function parseStateBucket({ inputs, sdk }: BackendReaders): Omit<StateBucket, 'encryption'> {
  return {
    bucket: inputs.require('bucket', bucketName),
    region: inputs.require('region', regionName),
    usePathStyle: inputs.read('use_path_style', boolean),
    maxAttempts:
      inputs.read('max_retries', wholeNumber) || sdk.read('max_attempts', wholeNumber) || DEFAULT_ATTEMPTS,
    skipS3Checksum: inputs.read('skip_s3_checksum', boolean),
    s3Endpoint: inputs.read('endpoint', endpoint),
    dynamodbEndpoint: inputs.read('dynamodb_endpoint', endpoint),
    acl: inputs.read('acl', cannedAcl),
    lockTags: inputs.read('lock_tags', objectTags),
    stateTags: inputs.read('state_tags', objectTags),
  };
}
