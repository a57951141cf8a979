/** Together far longer than a program takes to be loaded, or to be taken down, on a machine that is busy. */
const LOOKS = 50;

/** A file of `/proc/<pid>`; undefined where it may not be read, or the process has ended. */
export type ReadProcFile = (file: 'environ' | 'cmdline') => Promise<string | undefined>;

/**
 * The environment that a process was started with, as `/proc` has it: empty only if it was started without any.
 *
 * While a program is loaded into a process, and while a process ends, it has no memory: then its environment is empty,
 * and so are its arguments. So an empty one is believed only between two looks that show arguments.
 *
 * @param pause Waits a moment, for such a process to have come or gone.
 * @see https://github.com/torvalds/linux/blob/master/fs/proc/base.c environ_read, get_mm_cmdline
 */
export async function settledEnvironment(
  read: ReadProcFile,
  pause: () => Promise<void>,
): Promise<string | undefined> {
  for (let look = 1; look <= LOOKS; look++) {
    const hadArguments = Boolean(await read('cmdline'));
    const environ = await read('environ');
    if (environ !== '' || (hadArguments && (await read('cmdline')))) return environ;
    await pause();
  }
  return '';
}
