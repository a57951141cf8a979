import type { backupInputs } from './attributes/backup.js';
import { bucketName, kmsKeyId, regionName } from './aws-names.js';
import { endpoint, oneOf } from './formats.js';
import type { InputReader } from './input-reader.js';
import { backupPrefix } from './key-formats.js';
import { parseRetention } from './retention.js';
import type { Backend, Backup, SnapshotPlace } from './settings.js';

type PhaseChoice = (typeof backupInputs.backup.choices)[number];

const phases = oneOf<Backup['phases'], PhaseChoice>({
  both: ['before', 'after'],
  before: ['before'],
  after: ['after'],
  none: [],
});

type StatePlace = Pick<Backend, 'bucket' | 'region' | 's3Endpoint' | 'encryption'>;

/** When snapshots are taken, where they are kept, and which of them stay. */
export function parseBackup(inputs: InputReader<typeof backupInputs>, state: StatePlace): Backup {
  const retention = parseRetention(inputs);
  return {
    phases: inputs.read('backup', phases),
    ...parseSnapshotPlace(inputs, state),
    ...(retention && { retention }),
  };
}

/** Where snapshots are kept: beside the state, and under its KMS key, if nothing else is said. */
export function parseSnapshotPlace(
  inputs: InputReader<typeof backupInputs>,
  state: StatePlace,
): SnapshotPlace {
  const stateKeyId = state.encryption.kind === 'kms' ? state.encryption.keyId : undefined;
  return {
    bucket: inputs.read('backup_bucket', bucketName) ?? state.bucket,
    prefix: inputs.read('backup_prefix', backupPrefix),
    region: inputs.read('backup_region', regionName) ?? state.region,
    s3Endpoint: inputs.read('backup_endpoint', endpoint) ?? state.s3Endpoint,
    kmsKeyId: inputs.read('backup_kms_key_id', kmsKeyId) ?? stateKeyId,
  };
}
