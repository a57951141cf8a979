import type { Variables } from '../../job/processes.js';

/** What `/proc/<pid>/stat` says. */
export interface ProcStat {
  readonly state: string;
  readonly parent: number;
  readonly session: number;
  /** Since the machine started. */
  readonly startedAt: number;
}

/** The kernel tells user space times in hundredths of a second, whatever its own clock does. */
const TICK_MS = 10;

/** The fields that stand behind the name, by their number in the manual less 3. */
const FIELD = { state: 0, parent: 1, session: 3, startTime: 19 };

/**
 * @returns undefined if this is no such file's text.
 * @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html The name stands in brackets, and may hold brackets,
 *   spaces and line breaks itself.
 */
export function parseStat(text: string): ProcStat | undefined {
  const fields = text
    .slice(text.lastIndexOf(')') + 1)
    .trim()
    .split(/\s+/);
  const numberAt = (at: number) => Number.parseInt(fields[at] ?? '', 10);
  const stat = {
    state: fields[FIELD.state] ?? '',
    parent: numberAt(FIELD.parent),
    session: numberAt(FIELD.session),
    startedAt: numberAt(FIELD.startTime) * TICK_MS,
  };
  return Number.isNaN(stat.startedAt) ? undefined : stat;
}

/** Whether it has ended, and only waits for its parent to take notice. */
export function hasEnded({ state }: ProcStat): boolean {
  return /^[ZXx]$/.test(state);
}

/** The effective user of `/proc/<pid>/status`: whose rights the process has. */
export function parseUser(status: string): number | undefined {
  const user = /^Uid:\s+\d+\s+(\d+)/m.exec(status)?.[1];
  return user === undefined ? undefined : Number(user);
}

/** `/proc/<pid>/cmdline`: each argument ends with a NUL. */
export function parseArguments(cmdline: string): string[] {
  return cmdline.replace(/\0$/, '').split('\0');
}

/** The variables of `/proc/<pid>/environ` whose names begin with `prefix`; `'unknown'` if there is no variable at all. */
export function parseEnvironment(environ: string, prefix: string): Variables | 'unknown' {
  const entries = environ.split('\0').filter((entry) => entry.includes('='));
  if (entries.length === 0) return 'unknown';
  return Object.fromEntries(
    entries
      .filter((entry) => entry.startsWith(prefix))
      .map((entry) => [entry.slice(0, entry.indexOf('=')), entry.slice(entry.indexOf('=') + 1)]),
  );
}
