import { execFileSync, spawn } from 'node:child_process';
import { closeSync, constants, openSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Environment } from './runner-environment.js';

/**
 * How the runner ends a step that is cancelled. The order is what matters, so that a test may divide the times.
 *
 * @see https://github.com/actions/runner/blob/main/src/Runner.Sdk/ProcessInvoker.cs
 */
const SIGNALS = [
  { signal: 'SIGINT', thenMs: 7_500 },
  { signal: 'SIGTERM', thenMs: 2_500 },
  { signal: 'SIGKILL', thenMs: 0 },
] as const;

export interface StepShellOptions {
  readonly script: string;
  /** As in `shell:`. `bash` and `sh` get a file, `bash -c` the text: then a single command takes the shell's place. */
  readonly shell?: 'bash' | 'sh' | 'bash -c';
  readonly env: Environment;
  readonly cwd: string;
  /** Its own unless given; that of the runner is that of whoever runs the tests. */
  readonly session?: 'its own' | 'of the runner';
  /** How many times faster than the runner its signals follow each other. */
  readonly timesFaster?: number;
}

/** A step's shell. In a session of its own, it is as below a runner of its own. */
export interface StepShell {
  /** The entry process, which alone the runner signals. */
  readonly pid: number;
  /** Resolves once the output has the text; rejects, with the output, if everything ends without it. */
  waitForOutput(text: string): Promise<void>;
  /** Signals the entry process until it has ended. What it started may live on. */
  cancel(): Promise<void>;
  /** As a runner that has let go of a step: nobody reads any more what its processes print. */
  stopReading(): void;
  output(): string;
  /**
   * Ends what still runs, but for what has made itself a group of its own. In the runner's session, that is the entry
   * process alone.
   */
  close(): Promise<void>;
}

export async function startStepShell({
  script,
  shell = 'bash',
  env,
  cwd,
  session = 'its own',
  timesFaster = 10,
}: StepShellOptions): Promise<StepShell> {
  const folder = await mkdtemp(join(tmpdir(), 'lockkeeper-step-'));
  const file = join(folder, 'step.sh');
  await writeFile(file, script);
  const [program, ...args] = {
    bash: ['bash', '-e', file],
    sh: ['sh', '-e', file],
    'bash -c': ['bash', '-c', script],
  }[shell] as [string, ...string[]];
  const output = newPipe(join(folder, 'output'));
  const stdio = ['ignore', output.writer, output.writer] as const;
  const detached = session === 'its own';
  const child = spawn(program, args, { cwd, env, detached, stdio: [...stdio] });
  closeSync(output.writer);
  const pid = await new Promise<number>((resolve, reject) => {
    child.on('error', reject);
    child.on('spawn', () => resolve(child.pid as number));
  });

  let printed = '';
  let closed = false;
  const watchers = new Set<() => void>();
  const tellWatchers = () => {
    for (const check of watchers) check();
  };
  output.reader.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
    tellWatchers();
  });
  output.reader.on('close', () => {
    closed = true;
    tellWatchers();
  });
  const ended = new Promise<void>((resolve) => {
    child.on('exit', () => resolve());
  });
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;

  return {
    pid,
    output: () => printed,
    waitForOutput: (text) =>
      new Promise((resolve, reject) => {
        const check = (): void => {
          if (printed.includes(text)) resolve();
          else if (closed) reject(new Error(`The step ended without "${text}" in its output:\n${printed}`));
        };
        watchers.add(check);
        check();
      }),
    cancel: async () => {
      for (const { signal, thenMs } of SIGNALS) {
        if (hasEnded()) return;
        child.kill(signal);
        await Promise.race([ended, delay(thenMs / timesFaster)]);
      }
      await ended;
    },
    stopReading: () => {
      output.reader.destroy();
    },
    close: async () => {
      try {
        process.kill(detached ? -pid : pid, 'SIGKILL');
      } catch {
        // Everything has ended by itself.
      }
      output.reader.destroy();
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A pipe as the runner's: what Node gives a child by itself are sockets, which nobody can open a second time. */
function newPipe(path: string): { readonly reader: Socket; readonly writer: number } {
  execFileSync('mkfifo', [path]);
  const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const writer = openSync(path, constants.O_WRONLY);
  return { reader: new Socket({ fd: reader, readable: true, writable: false }), writer };
}
