import { hostname, userInfo } from 'node:os';

/**
 * By what a Terraform of this job names itself in its own lock: our user, and root by `sudo`, on this machine.
 *
 * @param ownUser Fails for a user without an entry in `/etc/passwd`, as in a container that runs as any ID.
 * @see https://github.com/hashicorp/terraform/blob/main/internal/states/statemgr/locker.go NewLockInfo
 */
export function machineNames(
  env: Readonly<Record<string, string | undefined>>,
  ownUser = () => userInfo().username,
): { readonly users: readonly string[]; readonly host: string } {
  return { users: [nameOr(env['USER'] ?? '', ownUser), 'root'], host: hostname() };
}

function nameOr(fallback: string, ownUser: () => string): string {
  try {
    return ownUser();
  } catch {
    return fallback;
  }
}
