import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { awaitedText } from './awaited-text.js';
import type { Environment } from './runner-environment.js';

/** The program of the command line, as it is built. */
const PROGRAM = resolve('dist/cli/index.js');

/** Ends a command that hangs, so that no test leaves a process behind. */
const TIME_LIMIT_MS = 120_000;

export interface CommandOptions {
  /** Added to an environment that has nothing of this machine but `PATH`, and nothing of a job. */
  readonly env?: Environment;
  /** Where it is called; a new folder, which is also its home, unless given. */
  readonly folder?: string;
}

export interface CommandResult {
  /** Null if a signal ended it. */
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandHandle {
  readonly child: ChildProcess;
  /** Resolves once standard error has the text; rejects, with what there is, if the command ends without it. */
  waitForStderr(text: string): Promise<void>;
  readonly result: Promise<CommandResult>;
}

/** Runs the program `lockkeeper` to its end, as a person would whose terminal is a pipe. */
export async function runCommand(
  args: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  const home = await mkdtemp(join(tmpdir(), 'lockkeeper-command-'));
  try {
    return await startCommand(args, { folder: home, ...options }, home).result;
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

/** The same, with a handle on it while it runs. */
export function startCommand(
  args: readonly string[],
  { env, folder }: CommandOptions,
  home: string,
): CommandHandle {
  const child = spawn(PROGRAM, args, {
    cwd: folder ?? home,
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: home,
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text: string) => {
      output[stream] += text;
      printed.grown();
    });
  }
  const ended = new Promise<number | null>((done, fail) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      fail(new Error(`The command did not end. It said:\n${output.stderr}`));
    }, TIME_LIMIT_MS);
    child.on('error', fail);
    child.on('close', (exitCode) => {
      clearTimeout(timer);
      done(exitCode);
    });
  });
  const printed = awaitedText(ended);
  return {
    child,
    result: ended.then((exitCode) => ({ exitCode, ...output })),
    waitForStderr: (text) =>
      printed.waitUntil(
        () => output.stderr.includes(text),
        () => new Error(`The command ended without ${text}. It said:\n${output.stderr}`),
      ),
  };
}
