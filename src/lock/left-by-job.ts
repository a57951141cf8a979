import type { HeldLock } from './lock.js';
import type { LockInfo } from './lock-info.js';

/** What tells that Terraform took a lock in this job. */
export interface JobTrace {
  /** Those that Terraform may have run as: our own user, and root by `sudo`. */
  readonly users: readonly string[];
  /** The machine's name, as the operating system gives it. */
  readonly host: string;
  /** When main began, in milliseconds since the Unix epoch, on the clock of this machine. */
  readonly since: number;
}

/**
 * Terraform's own lock, if a process of this job may have left it: without a holder of ours, taken on this machine by
 * one of our users, and not before main. It proves nothing to anybody but this job's post step, and that only names it.
 *
 * @param held What is stored at Terraform's own path of the state.
 * @see https://github.com/hashicorp/terraform/blob/main/internal/states/statemgr/locker.go NewLockInfo: `user@host`
 */
export function leftByJob(
  { info, holder }: HeldLock,
  { users, host, since }: JobTrace,
): LockInfo | undefined {
  if (!info || holder) return undefined;
  const byUs = users.some((user) => info.Who === `${user}@${host}`);
  return byUs && Date.parse(info.Created) >= since ? info : undefined;
}
