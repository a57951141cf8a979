import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Processes, ProcessId } from '../../job/processes.js';
import { LISTING_COLUMNS, parseListing, parseShownEnvironment, startOf } from './ps-listing.js';
import { sendInterrupt } from './send-interrupt.js';

/** Runs `ps` with these arguments; undefined if it cannot. It ends with 1 where it found no process. */
export type Ps = (args: readonly string[]) => Promise<string | undefined>;

/** The processes that `ps` of macOS lists. */
export function macosProcesses(ps: Ps = systemPs): Processes {
  const isRunning = async ({ pid, startedAt }: ProcessId) =>
    startOf((await ps(['-p', `${pid}`, '-o', 'pid=,lstart='])) ?? '') === startedAt;
  return {
    ownStart: async () => startOf((await ps(['-p', `${process.pid}`, '-o', 'pid=,lstart='])) ?? ''),

    async look() {
      const listing = await ps(['-axww', '-o', LISTING_COLUMNS]);
      const commands = await ps(['-axww', '-o', 'pid=,args=']);
      const all = parseListing(listing ?? '', commands ?? '');
      const self = all.find(({ pid }) => pid === process.pid);
      return self && { self, others: all.filter((one) => one !== self) };
    },

    async variablesOf(id, prefix) {
      const columns = ['-p', `${id.pid}`, '-o', 'args='];
      const shown = await ps(['-Eww', ...columns]);
      const without = await ps(['-ww', ...columns]);
      if (!(await isRunning(id))) return 'gone';
      return parseShownEnvironment(shown ?? '', without ?? '', prefix);
    },

    // There is no way to open another process's pipe here.
    holdOutput: async () => {},

    interrupt: async (id) => ((await isRunning(id)) ? sendInterrupt(id.pid) : 'gone'),
  };
}

/** Times are shown in the local zone and language. */
const ENVIRONMENT = { PATH: '/bin:/usr/bin', LC_ALL: 'C', TZ: 'UTC' };
const MOST_OUTPUT = 64 * 2 ** 20;

const systemPs: Ps = async (args) => {
  try {
    const { stdout } = await promisify(execFile)('ps', args, { env: ENVIRONMENT, maxBuffer: MOST_OUTPUT });
    return stdout;
  } catch {
    return undefined;
  }
};
