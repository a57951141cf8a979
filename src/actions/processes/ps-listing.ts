import type { MachineProcess, Variables } from '../../job/processes.js';
import { commandNames } from './command-names.js';

/** The columns that {@link parseListing} reads; the path of the executable is last, since it may hold spaces. */
export const LISTING_COLUMNS = 'pid=,ppid=,uid=,stat=,lstart=,comm=';

const TIME = String.raw`\w{3}\s+(?:\w{3}\s+\d+|\d+\s+\w{3})\s+[\d:]{8}\s+\d{4}`;
const LISTED = new RegExp(String.raw`^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+(${TIME})\s+(.+)$`);
const SHOWN = new RegExp(String.raw`^\s*(\d+)\s+(${TIME}|)\s*(.*)$`);

/**
 * What `ps -axo` lists, in the C locale and in UTC.
 *
 * @param listing A line for every process, of {@link LISTING_COLUMNS}.
 * @param commands A line for every process: its ID, and its arguments with spaces between them.
 */
export function parseListing(listing: string, commands: string): MachineProcess[] {
  const argumentsOf = new Map(
    commands.split('\n').map((line) => {
      const [, pid = '', text = ''] = /^\s*(\d+) (.*)$/.exec(line) ?? [];
      return [pid, text.split(' ')];
    }),
  );
  return listing.split('\n').flatMap((line) => {
    const [, pid = '', parent, user, state = 'Z', started = '', executable = ''] = LISTED.exec(line) ?? [];
    if (state.startsWith('Z')) return [];
    return [
      {
        pid: Number(pid),
        startedAt: timeOf(started),
        parent: Number(parent),
        user: Number(user),
        names: commandNames({ executable, arguments: argumentsOf.get(pid) ?? [] }),
      },
    ];
  });
}

/** When the process of a line `<pid> <time> …` started; undefined if this is no such line. */
export function startOf(line: string): number | undefined {
  const [, , started = ''] = SHOWN.exec(line) ?? [];
  return started === '' ? undefined : timeOf(started);
}

/**
 * The environment of a process: what `ps -E` shows more than `ps` does.
 *
 * @returns `'unknown'` if that is nothing: of other users' processes, and of the system's own, it is not shown.
 */
export function parseShownEnvironment(
  withEnvironment: string,
  without: string,
  prefix: string,
): Variables | 'unknown' {
  const command = without.trimEnd();
  const shown = withEnvironment.trimEnd();
  const environment = shown.startsWith(command) ? shown.slice(command.length) : '';
  if (!environment.includes('=')) return 'unknown';
  const entries = environment.split(' ').filter((entry) => entry.startsWith(prefix) && entry.includes('='));
  return Object.fromEntries(
    entries.map((entry) => [entry.slice(0, entry.indexOf('=')), entry.slice(entry.indexOf('=') + 1)]),
  );
}

/** To the second, which is all that `ps` tells. */
const timeOf = (started: string): number => Date.parse(`${started} UTC`);
