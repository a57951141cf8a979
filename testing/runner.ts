import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { GITHUB_TOKEN, inputVariable, readManifest } from './action-manifest.js';
import { awaitedText } from './awaited-text.js';
import { parseCommandFile, parsePathFile } from './command-files.js';
import { createJobFolders, type Environment, type JobFolders, jobEnvironment } from './runner-environment.js';
import { newStepLog, type StepLog, type StepRecord } from './step-log.js';

export interface StepOptions {
  readonly entry: 'main' | 'post';
  /** Folder of the `action.yml`: absolute, or in the project. The root action unless given. */
  readonly action?: string;
  /** Those that are not given have the defaults of `action.yml`. */
  readonly inputs?: Readonly<Record<string, string>>;
  /** Added to the environment of the job. */
  readonly env?: Environment;
  /** What main saved, for post. */
  readonly state?: Readonly<Record<string, string>>;
  /** The Node.js that runs the script; the one that runs the tests unless given. */
  readonly node?: string;
  /** Ends a step that hangs, so that no test leaves a process behind. Three minutes unless given. */
  readonly timeLimitMs?: number;
}

export interface StepResult extends StepRecord {
  /** Null if a signal ended the process. */
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  /** What a person reads. */
  readonly log: string;
  /** What the step exported by `GITHUB_ENV` and `GITHUB_PATH`. */
  readonly env: Readonly<Record<string, string>>;
  readonly paths: readonly string[];
  readonly summary: string;
}

export interface StepHandle {
  readonly child: ChildProcess;
  /** When the process was started, by `performance.now()`. */
  readonly startedAt: number;
  sendSignal(signal: NodeJS.Signals): void;
  /** Resolves once the log has the text; rejects, with the log, if the step ends without it. */
  waitForLog(text: string | RegExp): Promise<void>;
  /** Rejects only if the step went over its time limit or wrote a command file that the runner would refuse. */
  readonly result: Promise<StepResult>;
}

/** Where a step runs: what the steps of a job share. */
export interface StepPlace {
  readonly folders: JobFolders;
  readonly environment: Environment;
}

/** Runs one step of an action as GitHub's runner does, in a process and with folders of its own. */
export async function runStep(options: StepOptions): Promise<StepResult> {
  const folders = await createJobFolders();
  try {
    const step = await startStep(options, { folders, environment: jobEnvironment(folders) });
    return await step.result;
  } finally {
    await folders.remove();
  }
}

/** The same, with a handle on the step while it runs. The folders are the caller's to remove. */
export async function startStep(options: StepOptions, place: StepPlace): Promise<StepHandle> {
  const manifest = await readManifest(options.action ?? '.');
  const script = manifest[options.entry];
  if (script === undefined) throw new Error(`The action has no ${options.entry} step.`);
  const files = await createCommandFiles(place.folders.temp);
  const environment = {
    ...place.environment,
    ...options.env,
    ...prefixed(inputVariable, { ...manifest.defaults, ...options.inputs }),
    ...prefixed((name) => `STATE_${name}`, options.state ?? {}),
    ...files,
  };
  const startedAt = performance.now();
  const child = spawn(options.node ?? process.execPath, [script], {
    cwd: place.folders.workspace,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return { ...watchStep(child, files, options.timeLimitMs ?? 180_000), startedAt };
}

function watchStep(
  child: ChildProcess & { stdout: Readable; stderr: Readable },
  files: CommandFiles,
  timeLimitMs: number,
): Omit<StepHandle, 'startedAt'> {
  const log = newStepLog([GITHUB_TOKEN]);
  const output = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    readLines(child[stream], {
      onText: (text) => {
        output[stream] += text;
      },
      onLine: (line) => {
        log.add(line);
        printed.grown();
      },
    });
  }

  const ended = new Promise<Pick<StepResult, 'exitCode' | 'signal'>>((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`The step did not end within ${timeLimitMs} ms. Its log:\n${log.text()}`));
    }, timeLimitMs);
    child.on('error', reject);
    child.on('close', (exitCode, signal) => {
      clearTimeout(timer);
      resolve({ exitCode, signal });
    });
  });
  const printed = awaitedText(ended);
  const result = ended.then((end) => collectResult(log, output, files, end));
  // Whoever waits for the log alone must not end the test process by leaving this one unobserved.
  result.catch(() => {});

  return {
    child,
    result,
    sendSignal: (signal) => {
      child.kill(signal);
    },
    waitForLog: (wanted) =>
      printed.waitUntil(
        () => (typeof wanted === 'string' ? log.text().includes(wanted) : wanted.test(log.text())),
        () =>
          new Error(`The step ended without ${wanted} in its log:
${log.text()}`),
      ),
  };
}

async function collectResult(
  log: StepLog,
  output: Pick<StepResult, 'stdout' | 'stderr'>,
  files: CommandFiles,
  end: Pick<StepResult, 'exitCode' | 'signal'>,
): Promise<StepResult> {
  const read = (path: string): Promise<string> => readFile(path, 'utf8');
  return {
    ...end,
    ...output,
    ...log.record,
    log: log.text(),
    outputs: { ...log.record.outputs, ...parseCommandFile(await read(files.GITHUB_OUTPUT)) },
    state: { ...log.record.state, ...parseCommandFile(await read(files.GITHUB_STATE)) },
    env: parseCommandFile(await read(files.GITHUB_ENV)),
    paths: parsePathFile(await read(files.GITHUB_PATH)),
    summary: await read(files.GITHUB_STEP_SUMMARY),
  };
}

const COMMAND_FILES = [
  'GITHUB_OUTPUT',
  'GITHUB_STATE',
  'GITHUB_ENV',
  'GITHUB_PATH',
  'GITHUB_STEP_SUMMARY',
] as const;
type CommandFiles = Record<(typeof COMMAND_FILES)[number], string>;

/** Every step has files of its own. */
async function createCommandFiles(temp: string): Promise<CommandFiles> {
  const folder = await mkdtemp(join(temp, 'file-commands-'));
  const files = COMMAND_FILES.map((name) => [name, join(folder, name.toLowerCase())] as const);
  await Promise.all(files.map(([, path]) => writeFile(path, '')));
  return Object.fromEntries(files) as CommandFiles;
}

function prefixed(rename: (name: string) => string, values: Readonly<Record<string, string>>): Environment {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [rename(name), value]));
}

/** Cuts a stream into lines where the runner does: at LF, CR LF, and at a CR that stands alone. */
function readLines(
  stream: Readable,
  { onText, onLine }: { onText: (text: string) => void; onLine: (line: string) => void },
): void {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (text: string) => {
    onText(text);
    // A CR at the very end may be one half of a CR LF.
    const lines = (rest + text).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? '';
    for (const line of lines) onLine(line);
  });
  stream.on('end', () => {
    if (rest !== '') onLine(rest.replace(/\r$/, ''));
  });
}
