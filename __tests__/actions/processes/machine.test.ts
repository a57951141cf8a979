import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, describe, expect, test } from '@jest/globals';
import { machineProcesses } from '../../../src/actions/processes/machine.js';
import type { MachineProcess } from '../../../src/job/processes.js';

const started: ChildProcess[] = [];

afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
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
