import type { lockingInputs } from './attributes/locking.js';
import { tableName } from './aws-names.js';
import { boolean, duration, oneOf } from './formats.js';
import type { InputReader } from './input-reader.js';
import type { Locking, LockKind, LockScope } from './settings.js';

type ScopeChoice = (typeof lockingInputs.lock_scope.choices)[number];

const scopeKind = oneOf<LockScope['kind'], ScopeChoice>({ state: 'state', pipeline: 'pipeline' });

/**
 * Which lock is taken. `terraformLockFlag` is true only where this job will hold Terraform's own lock: with no lock at
 * all, `-lock=false` would leave the state unprotected.
 */
export function parseLocking(inputs: InputReader<typeof lockingInputs>): Locking {
  const lock = lockKind(inputs.read('dynamodb_table', tableName), inputs.read('use_lockfile', boolean));
  const kind = inputs.read('lock_scope', scopeKind);
  const terraformLockFlag = inputs.read('terraform_lock_flag', boolean) && lock.kind !== 'none';
  const scope: LockScope = kind === 'state' ? { kind, terraformLockFlag } : { kind };
  return { lock, scope, timeoutMs: inputs.read('lock_timeout', duration) };
}

function lockKind(table: string | undefined, lockfile: boolean): LockKind {
  if (table === undefined) return { kind: lockfile ? 'lockfile' : 'none' };
  return { kind: lockfile ? 'both' : 'dynamodb', table };
}

/** Whether Terraform's own lock is switched off in this job: then it is we who answer for the state. */
export function switchesLockOff({ lock, scope }: Locking): boolean {
  return lock.kind !== 'none' && scope.kind === 'state' && scope.terraformLockFlag;
}
