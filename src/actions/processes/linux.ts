import { constants, openSync } from 'node:fs';
import { readdir, readFile, readlink, stat } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { MachineProcess, Processes, ProcessId } from '../../job/processes.js';
import { commandNames } from './command-names.js';
import { hasEnded, parseArguments, parseEnvironment, parseStat, parseUser } from './proc-files.js';
import { sendInterrupt } from './send-interrupt.js';
import { settledEnvironment } from './settled-environment.js';

/** What a process writes to: its standard output and its standard error. */
const OUTPUTS = [1, 2];
/** Between two looks at a process that is being started, or is ending. */
const SETTLING_MS = 20;

/** The processes that `/proc` shows. */
export function linuxProcesses(): Processes {
  const held = new Set<string>();
  return {
    ownStart: async () => parseStat((await textOf('/proc/self/stat')) ?? '')?.startedAt,

    async look() {
      const names = await readdir('/proc').catch(() => []);
      const found = await Promise.all(names.filter((name) => /^\d+$/.test(name)).map(readProcess));
      const all = found.filter((one) => one !== undefined);
      const self = all.find(({ pid }) => pid === process.pid);
      return self && { self, others: all.filter((one) => one !== self) };
    },

    async variablesOf(id, prefix) {
      const read = async (file: string) =>
        (await isRunning(id)) ? memoryOf(`/proc/${id.pid}/${file}`) : undefined;
      const environ = await settledEnvironment(read, () => delay(SETTLING_MS));
      if (!(await isRunning(id))) return 'gone';
      return environ === undefined ? 'unknown' : parseEnvironment(environ, prefix);
    },

    async holdOutput(id) {
      const key = `${id.pid}:${id.startedAt}`;
      if (held.has(key) || !(await isRunning(id))) return;
      held.add(key);
      await Promise.all(OUTPUTS.map((output) => openReadingEnd(`/proc/${id.pid}/fd/${output}`)));
    },

    interrupt: async (id) => ((await isRunning(id)) ? sendInterrupt(id.pid) : 'gone'),
  };
}

/** @returns undefined if it ends meanwhile, has ended, or may not be seen. */
async function readProcess(name: string): Promise<MachineProcess | undefined> {
  const at = `/proc/${name}`;
  const [statText, status, cmdline, executable] = await Promise.all([
    textOf(`${at}/stat`),
    textOf(`${at}/status`),
    textOf(`${at}/cmdline`),
    readlink(`${at}/exe`).catch(() => undefined),
  ]);
  const parsed = parseStat(statText ?? '');
  const user = parseUser(status ?? '');
  if (!parsed || user === undefined || hasEnded(parsed)) return undefined;
  const { parent, session, startedAt } = parsed;
  const names = commandNames({
    executable: executable?.replace(/ \(deleted\)$/, ''),
    arguments: parseArguments(cmdline ?? ''),
  });
  return { pid: Number(name), startedAt, parent, session, user, names };
}

async function isRunning({ pid, startedAt }: ProcessId): Promise<boolean> {
  const parsed = parseStat((await textOf(`/proc/${pid}/stat`)) ?? '');
  return parsed !== undefined && !hasEnded(parsed) && parsed.startedAt === startedAt;
}

/**
 * Opens a reading end of the pipe that `path` leads to, for as long as this process lives: Linux opens a pipe anew by
 * it, also one whose readers are all gone. Nothing is read, because there may be another reader.
 */
async function openReadingEnd(path: string): Promise<void> {
  try {
    if ((await stat(path)).isFIFO()) openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch {
    // It has ended, or is another user's.
  }
}

/** Of a process that has no memory older kernels read nothing; newer ones answer that there is no such process. */
const memoryOf = (path: string): Promise<string | undefined> =>
  readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => (error.code === 'ESRCH' ? '' : undefined));

const textOf = (path: string): Promise<string | undefined> => readFile(path, 'utf8').catch(() => undefined);
