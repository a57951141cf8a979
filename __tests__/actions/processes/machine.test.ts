import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, describe, expect, test } from '@jest/globals';
import { machineProcesses } from '../../../src/actions/processes/machine.js';
import type { MachineProcess } from '../../../src/job/processes.js';

const started: ChildProcess[] = [];
/** The process groups of shells whose children outlive them. */
const groups: number[] = [];

afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
  for (const group of groups.splice(0)) process.kill(-group, 'SIGKILL');
});

/** A Node that says when it gets SIGINT, and goes on. */
async function startChild(env: Record<string, string> = {}): Promise<ChildProcess> {
  const code =
    'process.on("SIGINT", () => console.log("got it")); setInterval(() => {}, 1e6); console.log("up")';
  const child = spawn(process.execPath, ['-e', code], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  started.push(child);
  await once(child.stdout as NodeJS.ReadableStream, 'data');
  return child;
}

test.each(['win32', 'freebsd'] as const)(
  'on %s nothing can be seen, and nothing is signalled',
  async (platform) => {
    const processes = machineProcesses(platform);
    expect(await processes.look()).toBeUndefined();
    expect(await processes.variablesOf({ pid: process.pid, startedAt: 0 }, '')).toBe('unknown');
    expect(await processes.interrupt({ pid: process.pid, startedAt: 0 })).toBe('refused');
  },
);

const describeHere = process.platform === 'linux' ? describe : describe.skip;

describeHere('the processes of this machine', () => {
  const processes = machineProcesses();
  const find = async ({ pid }: ChildProcess): Promise<MachineProcess | undefined> =>
    (await processes.look())?.others.find((one) => one.pid === pid);

  test('are seen with what they are and whose', async () => {
    const child = await startChild();
    const self = (await processes.look())?.self;
    expect(self).toMatchObject({ pid: process.pid, user: process.getuid?.() });
    const found = await find(child);
    expect(found).toMatchObject({
      parent: process.pid,
      user: self?.user,
      session: self?.session,
      names: ['node'],
    });
    expect(found?.startedAt).toBeGreaterThanOrEqual(self?.startedAt ?? Number.NaN);
  });

  test('tell of their environment only what is asked for', async () => {
    const child = await find(await startChild({ HELD_a: 'both:1', SECRET: 'hush' }));
    expect(child && (await processes.variablesOf(child, 'HELD_'))).toEqual({ HELD_a: 'both:1' });
    const cleared = await find(await startChild({}));
    expect(cleared && (await processes.variablesOf(cleared, 'HELD_'))).toBe('unknown');
  });

  test('get their signal', async () => {
    const child = await startChild();
    const found = await find(child);
    const answer = once(child.stdout as NodeJS.ReadableStream, 'data');
    expect(found && (await processes.interrupt(found))).toBe('sent');
    expect(String(await answer)).toBe('got it\n');
  });

  test('get none if their ID was another one’s', async () => {
    const child = await startChild();
    const found = await find(child);
    const other = { pid: child.pid ?? 0, startedAt: (found?.startedAt ?? 0) - 10 };
    expect(await processes.interrupt(other)).toBe('gone');
    expect(await processes.variablesOf(other, '')).toBe('gone');
  });

  test('are not seen when they have ended, and wait for a parent that takes no notice', async () => {
    // It ends once the shell has become a program that knows nothing of it: a shell would collect it.
    const child = '(until [ "$(cat /proc/$$/comm)" = sleep ]; do :; done)';
    const script = `${child} & echo $!; exec sleep 3600`;
    const parent = spawn('sh', ['-c', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    started.push(parent);
    const [pid] = await once(parent.stdout, 'data');
    const stat = `/proc/${Number(pid)}/stat`;
    while (!/ Z /.test(readFileSync(stat, 'utf8'))) await nextTurn();
    expect((await processes.look())?.others.map((one) => one.pid)).not.toContain(Number(pid));
  });

  test('are not seen any more once they have ended', async () => {
    const child = await startChild();
    const found = await find(child);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await find(child)).toBeUndefined();
    expect(found && (await processes.interrupt(found))).toBe('gone');
  });
});

describeHere('what a process writes to', () => {
  /** A process that writes to what the shell makes of this. */
  async function startWriter(output: string): Promise<MachineProcess> {
    const script = `sh -c 'echo $$ >&2; exec sleep 3600' ${output}`;
    const shell = spawn('sh', ['-c', script], { stdio: ['ignore', 'ignore', 'pipe'], detached: true });
    groups.push(shell.pid ?? 0);
    const [pid] = await once(shell.stderr, 'data');
    const found = (await machineProcesses().look())?.others.find((one) => one.pid === Number(pid));
    if (!found) throw new Error(`There is no process ${pid}.`);
    return found;
  }

  /** How often this process has the output of that one open. */
  function timesOpen({ pid }: MachineProcess): number {
    const output = readlinkSync(`/proc/${pid}/fd/1`);
    return readdirSync('/proc/self/fd').filter((fd) => linkOf(`/proc/self/fd/${fd}`) === output).length;
  }

  test('is kept from closing, if it is a pipe, and opened no more than once', async () => {
    const writer = await startWriter('| cat');
    const processes = machineProcesses();
    for (const _ of [1, 2]) await processes.holdOutput(writer);
    expect(timesOpen(writer)).toBe(1);
  });

  test('is left alone if it is no pipe', async () => {
    const writer = await startWriter(`> ${join(mkdtempSync(join(tmpdir(), 'output-')), 'log')}`);
    await machineProcesses().holdOutput(writer);
    expect(timesOpen(writer)).toBe(0);
  });

  test('is left alone if the ID was another one’s', async () => {
    const writer = await startWriter('| cat');
    await machineProcesses().holdOutput({ ...writer, startedAt: writer.startedAt - 10 });
    expect(timesOpen(writer)).toBe(0);
  });
});

/** The file descriptor with which the folder was read is closed by then. */
function linkOf(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}
