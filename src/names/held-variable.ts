import { createHash } from 'node:crypto';

/** What the names of all such variables begin with. */
export const HELD_PREFIX = 'LOCKKEEPER_HELD_';

/**
 * A lock that the job holds, as every process of the job finds it in its environment. It is no secret. docs/decisions.md
 * says why one that was released is still named.
 */
export interface HeldMark {
  readonly kind: 'dynamodb' | 'lockfile' | 'both';
  readonly id: string;
  readonly released?: boolean;
}

/** `LOCKKEEPER_HELD_<first 12 hex digits of the path's SHA-256>`: short, for GitHub prints it above every step. */
export function heldVariable(lockPath: string): string {
  return `${HELD_PREFIX}${createHash('sha256').update(lockPath).digest('hex').slice(0, 12)}`;
}

/** `<kind>:<lock ID>`, and `:released` behind it once that is so. */
export function formatHeldMark({ kind, id, released }: HeldMark): string {
  return `${kind}:${id}${released ? RELEASED : ''}`;
}

const RELEASED = ':released';

/** @returns undefined if it is not such a text. */
export function parseHeldMark(text: string): HeldMark | undefined {
  const [, kind, id = '', released] =
    /^(dynamodb|lockfile|both):([A-Za-z0-9-]{1,64})(:released)?$/.exec(text) ?? [];
  if (kind === undefined) return undefined;
  return { kind: kind as HeldMark['kind'], id, ...(released && { released: true }) };
}

/** The locks that the environment of a process names, but for those that were released. */
export function heldMarks(environment: Readonly<Record<string, string | undefined>>): HeldMark[] {
  return Object.entries(environment)
    .filter(([name]) => name.startsWith(HELD_PREFIX))
    .flatMap(([, text]) => parseHeldMark(text ?? '') ?? [])
    .filter(({ released }) => !released);
}
