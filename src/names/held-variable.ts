import { createHash } from 'node:crypto';

/** What the names of all such variables begin with. */
export const HELD_PREFIX = 'LOCKKEEPER_HELD_';

/** A lock that the job holds, as every process of the job finds it in its environment. It is no secret. */
export interface HeldMark {
  readonly kind: 'dynamodb' | 'lockfile' | 'both';
  readonly id: string;
}

/** `LOCKKEEPER_HELD_<first 12 hex digits of the path's SHA-256>`: short, for GitHub prints it above every step. */
export function heldVariableName(lockPath: string): string {
  return `${HELD_PREFIX}${createHash('sha256').update(lockPath).digest('hex').slice(0, 12)}`;
}

/** `<kind>:<lock ID>` */
export function formatHeldMark({ kind, id }: HeldMark): string {
  return `${kind}:${id}`;
}

/** @returns undefined if it is not such a text: the variable of a lock that was released is empty. */
export function parseHeldMark(text: string): HeldMark | undefined {
  const [, kind, id = ''] = /^(dynamodb|lockfile|both):([A-Za-z0-9-]{1,64})$/.exec(text) ?? [];
  return kind === undefined ? undefined : { kind: kind as HeldMark['kind'], id };
}

/** The locks that the environment of a process names. */
export function heldMarks(environment: Readonly<Record<string, string | undefined>>): HeldMark[] {
  return Object.entries(environment)
    .filter(([name]) => name.startsWith(HELD_PREFIX))
    .map(([, text]) => parseHeldMark(text ?? ''))
    .filter((mark) => mark !== undefined);
}
