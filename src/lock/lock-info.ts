/**
 * Terraform's record of who holds a lock, and its text.
 *
 * The text must be what Go's `encoding/json` writes for `statemgr.LockInfo`: OpenTofu deletes a lock only if the
 * stored text equals its own re-marshalling of it.
 *
 * @see https://github.com/hashicorp/terraform/blob/main/internal/states/statemgr/locker.go
 */
export interface LockInfo {
  readonly ID: string;
  readonly Operation: string;
  /** One line for people; Terraform prints it to whoever is refused. */
  readonly Info: string;
  /** `<user>@<host>`. */
  readonly Who: string;
  /** Version of the program that holds the lock. */
  readonly Version: string;
  /** RFC 3339, in UTC. */
  readonly Created: string;
  /** `<bucket>/<state path>`. */
  readonly Path: string;
}

/** The fields, in the order in which Go's struct declares them. */
const FIELDS = ['ID', 'Operation', 'Info', 'Who', 'Version', 'Created', 'Path'] as const;

/** Characters that `encoding/json` escapes and `JSON.stringify` does not. Both escape control characters. */
const GO_ESCAPES = /[<>&\u2028\u2029]/g;

const escapeAsGo = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/**
 * The text of a lock record, byte for byte as Terraform and OpenTofu would write it.
 *
 * A lone surrogate becomes U+FFFD, as in Go.
 */
export function formatLockInfo(info: LockInfo): string {
  const ordered = Object.fromEntries(FIELDS.map((field) => [field, info[field].toWellFormed()]));
  return JSON.stringify(ordered).replace(GO_ESCAPES, escapeAsGo);
}

/**
 * Reads a lock record as leniently as Go's `json.Unmarshal` does: unknown keys are ignored, missing ones are empty.
 *
 * @returns undefined if `text` is not a JSON object: the lock is held all the same, by nobody we can name.
 */
export function parseLockInfo(text: string): LockInfo | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const fields = value as Record<string, unknown>;
  const stringOf = (name: keyof LockInfo) => (typeof fields[name] === 'string' ? fields[name] : '');
  return {
    ID: stringOf('ID'),
    Operation: stringOf('Operation'),
    Info: stringOf('Info'),
    Who: stringOf('Who'),
    Version: stringOf('Version'),
    Created: stringOf('Created'),
    Path: stringOf('Path'),
  };
}

/** Whether a stored record, if it can be read, is this one to the letter. Its ID alone may be that of an earlier one. */
export function isSameInfo(stored: LockInfo | undefined, info: LockInfo): boolean {
  return stored !== undefined && formatLockInfo(stored) === formatLockInfo(info);
}

/**
 * A time as Go's `time.Time` marshals it: RFC 3339 with the trailing zeros of the fraction stripped.
 *
 * @param epochMs Milliseconds since the Unix epoch.
 */
export function formatCreated(epochMs: number): string {
  return new Date(epochMs).toISOString().replace(/\.?0*Z$/, 'Z');
}
