import { createHash } from 'node:crypto';
import type { AcquiredClaim, RequestedClaim } from '../src/commands/hold/claim.js';
import type { AccessKey, Reach, Settings } from '../src/config/settings.js';
import type { Job } from '../src/job/job.js';
import type { HeldLock, Holder, LockRecord } from '../src/lock/lock.js';
import { formatLockInfo, type LockInfo } from '../src/lock/lock-info.js';
import type { Snapshot, SnapshotMetadata } from '../src/snapshots/catalogue.js';
import { START } from './fake-clock.js';

export const BUCKET = 'states';
export const STATE_PATH = 'network/terraform.tfstate';
export const LOCK_PATH = `${BUCKET}/${STATE_PATH}`;

/** The ID of the lock that the job under test asks for. */
export const OUR_ID = '11111111-1111-4111-8111-111111111111';
export const THEIR_ID = '22222222-2222-4222-8222-222222222222';

export const CREDENTIALS: AccessKey = { accessKeyId: 'AKIATEST', secretAccessKey: 'secret of the test' };

/** As AWS is reached where nothing is said. */
export const REACH: Reach = { fips: false, dualstack: false, retryMode: 'standard' };

export function testJob(differences: Partial<Job> = {}): Job {
  return {
    actor: 'octocat',
    repository: 'acme/infrastructure',
    workflow: 'Deploy',
    runId: '4711',
    runAttempt: '1',
    runNumber: '17',
    name: 'apply',
    runnerName: 'runner-1',
    commit: '0123456789abcdef0123456789abcdef01234567',
    runUrl: 'https://github.com/acme/infrastructure/actions/runs/4711/attempts/1',
    ...differences,
  };
}

/** Settings as the parser makes them of the least that is needed, with a table for the lock. */
export function testSettings(differences: { [K in keyof Settings]?: Partial<Settings[K]> } = {}): Settings {
  const backend = {
    bucket: BUCKET,
    statePath: STATE_PATH,
    workspace: 'default',
    region: 'eu-central-1',
    usePathStyle: false,
    maxAttempts: 5,
    skipS3Checksum: false,
    encryption: { kind: 'bucket-default' },
  } as const;
  const locking = {
    lock: { kind: 'dynamodb', table: 'locks' },
    scope: { kind: 'state', terraformLockFlag: true },
    timeoutMs: 600_000,
  } as const;
  const backup = {
    phases: ['before', 'after'],
    bucket: BUCKET,
    prefix: 'lockkeeper/',
    region: 'eu-central-1',
  } as const;
  return {
    backend: { ...backend, ...differences.backend },
    credentials: { kind: 'ambient', ...differences.credentials } as Settings['credentials'],
    lookup: { sts: { region: 'eu-central-1' }, ...differences.lookup },
    locking: { ...locking, ...differences.locking },
    backup: { ...backup, ...differences.backup },
    processes: { guarded: [], ...differences.processes },
    workspace: { unheld: [], ...differences.workspace },
    reach: { ...REACH, ...differences.reach },
  };
}

export function lockInfo(differences: Partial<LockInfo> = {}): LockInfo {
  return {
    ID: OUR_ID,
    Operation: 'lockkeeper',
    Info: 'https://github.com/acme/infrastructure/actions/runs/4711/attempts/1 job apply of acme/infrastructure',
    Who: 'octocat@runner-1',
    Version: '1.0.0',
    Created: '2026-11-22T01:15:51Z',
    Path: LOCK_PATH,
    ...differences,
  };
}

/** The record of a person's `terraform apply`. */
export function theirInfo(differences: Partial<LockInfo> = {}): LockInfo {
  return lockInfo({
    ID: THEIR_ID,
    Operation: 'OperationTypeApply',
    Info: '',
    Who: 'ada@laptop',
    Version: '1.11.4',
    Created: '2026-11-22T01:05:51.25Z',
    ...differences,
  });
}

export function lockHolder(differences: Partial<Holder> = {}): Holder {
  return {
    repository: 'acme/infrastructure',
    workflow: 'Deploy',
    runId: '4711',
    runAttempt: '1',
    runNumber: '17',
    job: 'apply',
    runnerName: 'runner-1',
    runUrl: 'https://github.com/acme/infrastructure/actions/runs/4711/attempts/1',
    ...differences,
  };
}

/** What the job under test asks for. */
export function lockRecord(differences: Partial<LockInfo> = {}): LockRecord {
  return { info: lockInfo(differences), holder: lockHolder() };
}

/** What the job under test has of its lock while it asks for it. */
export function requestedClaim(): RequestedClaim {
  return { stage: 'requested', record: lockRecord(), requestedAt: START };
}

/** What it has once it was acquired. */
export function acquiredClaim(differences: Partial<AcquiredClaim> = {}): AcquiredClaim {
  const held = { ...lockRecord(), version: formatLockInfo(lockInfo()) };
  return { stage: 'acquired', held, requestedAt: START, acquiredAt: START, waitedFor: [], ...differences };
}

/** Somebody else's lock, as it is found. */
export function theirLock(differences: Partial<LockInfo> = {}): HeldLock {
  const info = theirInfo(differences);
  return { info, version: formatLockInfo(info) };
}

export const LINEAGE = '84d1bbcc-400e-a45a-202e-4e35dc7475c0';

/**
 * A state as Terraform 1.11 writes it, with a `terraform_data.<name>` for every name in `values`.
 *
 * @param values Each one's input; with sensitive texts it shows what must not leak.
 */
export function stateBody({
  serial = 7,
  lineage = LINEAGE,
  values = { greeting: 'hello' } as Readonly<Record<string, string>>,
} = {}): Uint8Array {
  const resources = Object.entries(values).map(([name, input]) => ({
    mode: 'managed',
    type: 'terraform_data',
    name,
    provider: 'provider["terraform.io/builtin/terraform"]',
    instances: [
      {
        schema_version: 0,
        attributes: {
          id: `id-of-${name}`,
          input: { value: input, type: 'string' },
          output: { value: input, type: 'string' },
          triggers_replace: null,
        },
        sensitive_attributes: [],
        identity_schema_version: 0,
      },
    ],
  }));
  const state = {
    version: 4,
    terraform_version: '1.11.4',
    serial,
    lineage,
    outputs: {},
    resources,
    check_results: null,
  };
  return Buffer.from(`${JSON.stringify(state, undefined, 2)}\n`);
}

/** What OpenTofu writes with state encryption: serial and lineage in clear, nothing else. */
export function encryptedStateBody(serial = 7): Uint8Array {
  const state = {
    serial,
    lineage: LINEAGE,
    meta: { 'key_provider.pbkdf2.passphrase': 'eyJzYWx0IjoiIn0=' },
    encrypted_data: 'c2VjcmV0',
    encryption_version: 'v0',
  };
  return Buffer.from(JSON.stringify(state));
}

/** A snapshot of `body`, with its true checksums. */
export function testSnapshot({
  key = 'lockkeeper/states/network/terraform.tfstate/20261122T011551Z-0000000007-0123456789ab.tfstate',
  body = stateBody(),
  sourceEncryption = { kind: 'aes256' },
  metadata = {},
}: Partial<Omit<Snapshot, 'metadata'>> & { metadata?: Partial<SnapshotMetadata> } = {}): Snapshot {
  const hex = (algorithm: string) => createHash(algorithm).update(body).digest('hex');
  const { runUrl, commit } = testJob();
  return {
    key,
    body,
    sourceEncryption,
    metadata: {
      lineage: LINEAGE,
      serial: 7,
      md5: hex('md5'),
      sha256: hex('sha256'),
      sourceVersionId: '3HL4kqtJlcpXroDTDmJ.rmSpXd3dIbrHY.MTRCxf3vjVBH40Nr8X8gdRQBpUMLUo',
      takenAt: '2026-11-22T01:15:52.000Z',
      phase: 'before',
      runUrl,
      commit,
      doubts: [],
      ...metadata,
    },
  };
}
