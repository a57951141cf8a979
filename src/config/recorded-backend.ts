/**
 * What `init` recorded of a backend: where the state and its lock are, and nothing else. The file has access keys in
 * clear, if they were configured; these stay behind.
 */
export type RecordedBackend =
  | RecordedS3Backend
  /** `local`, `cloud`, `gcs`, …: none that Lockkeeper can hold a lock of. */
  | { readonly kind: 'other'; readonly type: string };

export interface RecordedS3Backend {
  readonly kind: 's3';
  readonly bucket: string;
  readonly key: string;
  readonly workspaceKeyPrefix: string;
  /** The lock that Terraform takes there by itself. */
  readonly lock: RecordedLock;
  /** Absent where it was left to the environment, which is not recorded. */
  readonly s3Endpoint?: string;
  readonly dynamodbEndpoint?: string;
}

export interface RecordedLock {
  readonly kind: 'none' | 'dynamodb' | 'lockfile' | 'both';
  /** Name or ARN. */
  readonly table?: string;
}

/** @see https://github.com/hashicorp/terraform/blob/main/internal/backend/remote-state/s3/backend.go */
const DEFAULT_WORKSPACE_KEY_PREFIX = 'env:';

/**
 * Reads a file that may be `.terraform/terraform.tfstate`, which `init` writes.
 *
 * @returns undefined if it is something else; a state has the same name, but another shape
 * @see https://github.com/hashicorp/terraform/blob/main/internal/command/workdir/backend_state.go
 */
export function parseRecordedBackend(text: string): RecordedBackend | undefined {
  const record = parseBackendRecord(text);
  if (record === undefined) return undefined;
  return record.type === 's3' ? recordedS3(record.config) : { kind: 'other', type: record.type };
}

/** All that `init` recorded: secrets too. */
export interface BackendRecord {
  readonly type: string;
  /** Every attribute, null where it was not set. */
  readonly config: Fields;
}

/** As {@link parseRecordedBackend}, with everything that is there. */
export function parseBackendRecord(text: string): BackendRecord | undefined {
  const file = objectIn(parseJson(text));
  if (file?.['version'] !== 3) return undefined;
  const backend = objectIn(file['backend']) ?? objectIn(file['state_store']);
  const type = textIn(backend?.['type']);
  return type === undefined ? undefined : { type, config: objectIn(backend?.['config']) ?? {} };
}

function recordedS3(config: Fields): RecordedS3Backend | undefined {
  const [bucket, key] = [textIn(config['bucket']), textIn(config['key'])];
  if (bucket === undefined || key === undefined) return undefined;
  const endpoints = objectIn(config['endpoints']);
  return {
    kind: 's3',
    bucket,
    key,
    workspaceKeyPrefix: prefixIn(config['workspace_key_prefix']),
    lock: recordedLock(textIn(config['dynamodb_table']), config['use_lockfile'] === true),
    s3Endpoint: endpointIn(endpoints?.['s3']) ?? endpointIn(config['endpoint']),
    dynamodbEndpoint: endpointIn(endpoints?.['dynamodb']) ?? endpointIn(config['dynamodb_endpoint']),
  };
}

function recordedLock(table: string | undefined, lockfile: boolean): RecordedLock {
  if (table === undefined) return { kind: lockfile ? 'lockfile' : 'none' };
  return { kind: lockfile ? 'both' : 'dynamodb', table };
}

type Fields = Readonly<Record<string, unknown>>;

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const objectIn = (value: unknown) =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;

/** An empty one is a prefix too: the states of workspaces lie at the top. */
const prefixIn = (value: unknown) => (typeof value === 'string' ? value : DEFAULT_WORKSPACE_KEY_PREFIX);

/** An attribute that is null or "" was not set. */
const textIn = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);

/** Without a user's name and password. */
const endpointIn = (value: unknown) => textIn(value)?.replace(/\/\/[^/]*@/, '//');
