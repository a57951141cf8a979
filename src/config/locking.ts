import type { lockingInputs } from './attributes/locking.js';
import { tableName } from './aws-names.js';
import { boolean, duration, oneOf } from './formats.js';
import type { InputReader } from './input-reader.js';
import type { LockChoice, Locking, LockKind, LockScope } from './settings.js';

type ScopeChoice = (typeof lockingInputs.lock_scope.choices)[number];

const scopeKind = oneOf<LockScope['kind'], ScopeChoice>({ state: 'state', pipeline: 'pipeline' });

/** Which lock is taken, and how. */
export function parseLocking(inputs: InputReader<typeof lockingInputs>): Locking {
  return { ...parseLockChoice(inputs), timeoutMs: inputs.read('lock_timeout', duration) };
}

/**
 * Which lock it is. `terraformLockFlag` is true only where this job will hold Terraform's own lock: with no lock at
 * all, `-lock=false` would leave the state unprotected.
 */
export function parseLockChoice(inputs: InputReader<typeof lockingInputs>): LockChoice {
  const lock = lockKind(inputs.read('dynamodb_table', tableName), inputs.read('use_lockfile', boolean));
  const kind = inputs.read('lock_scope', scopeKind);
  const terraformLockFlag = inputs.read('terraform_lock_flag', boolean) && lock.kind !== 'none';
  const scope: LockScope = kind === 'state' ? { kind, terraformLockFlag } : { kind };
  return { lock, scope };
}

function lockKind(table: string | undefined, lockfile: boolean): LockKind {
  if (table === undefined) return { kind: lockfile ? 'lockfile' : 'none' };
  return { kind: lockfile ? 'both' : 'dynamodb', table };
}

/** Whether Terraform's own lock is switched off in this job: then it is we who answer for the state. */
export function switchesLockOff({ lock, scope }: LockChoice): boolean {
  return lock.kind !== 'none' && scope.kind === 'state' && scope.terraformLockFlag;
}
