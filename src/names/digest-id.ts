/** @see https://github.com/hashicorp/terraform/blob/main/internal/backend/remote-state/s3/client.go stateIDSuffix */
const DIGEST_SUFFIX = '-md5';

/** The `LockID` of the item in which Terraform keeps its digest of a state. */
export function digestId(bucket: string, statePath: string): string {
  return `${bucket}/${statePath}${DIGEST_SUFFIX}`;
}
