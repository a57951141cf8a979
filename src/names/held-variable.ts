import { createHash } from 'node:crypto';

const PREFIX = 'LOCKKEEPER_HELD_';
const TAG_DIGITS = 12;
const VALUE = /^(dynamodb|lockfile|both):(\S+)$/;

/** The lock that a variable of the job tells of. */
export interface HeldMark {
  readonly kind: 'dynamodb' | 'lockfile' | 'both';
  readonly id: string;
}

/**
 * The variable by which later steps of a job know that the job holds a lock. Short, because the runner prints it above
 * every step.
 *
 * @param lockPath `<bucket>/<path>`, as people see it
 */
export function heldVariable(lockPath: string): string {
  return PREFIX + createHash('sha256').update(lockPath).digest('hex').slice(0, TAG_DIGITS);
}

/** The value of the variable: `<kind>:<lock ID>`. */
export function formatHeldMark({ kind, id }: HeldMark): string {
  return `${kind}:${id}`;
}

/** @returns undefined if the text is no such value; then it says nothing about a lock. */
export function parseHeldMark(text: string): HeldMark | undefined {
  const [, kind, id] = VALUE.exec(text) ?? [];
  return kind === undefined || id === undefined ? undefined : { kind: kind as HeldMark['kind'], id };
}
