import { execFile, spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { ACTIONS } from '../src/config/attributes/row.js';
import { awaitedText } from './awaited-text.js';
import { toolPath } from './interop-tools.js';

const PROJECT = fileURLToPath(new URL('../', import.meta.url));

/** The run that `act` pretends to be. */
export const RUN = { repository: 'acme/infrastructure', id: '4242', attempt: '2', runner: 'runner-7' };

export interface WorkflowOptions {
  /** A file to run: absolute, or in the project. */
  readonly workflow: string;
  /** The repository's variables. */
  readonly vars?: Readonly<Record<string, string>>;
  /** The environment of every step. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A workflow under way, on this machine and without Docker. Jobs that need no other one run side by side. */
export interface WorkflowRun {
  /** Resolves once a line of the log has the text; rejects, with the log, if the run ends without it. */
  waitForLog(text: string): Promise<void>;
  /** As somebody does who presses "Cancel workflow": running steps are killed, post steps still run. */
  cancel(): void;
  readonly result: Promise<WorkflowResult>;
  /** Ends what still runs, and removes the checkout. */
  close(): Promise<void>;
}

export interface WorkflowResult {
  readonly exitCode: number | null;
  readonly lines: readonly LogLine[];
  /** As a person reads it. */
  readonly log: string;
}

/** One line of the log, and where it is from. */
export interface LogLine {
  /** The job's key in the workflow; empty for what `act` says of itself. */
  readonly job: string;
  /** `Pre`, `Main` or `Post`; empty outside of steps. */
  readonly stage: string;
  readonly text: string;
  /** At the end of a job: `success` or `failure`. */
  readonly jobResult?: string;
}

/** Starts a workflow that uses this action as `./`. Nothing else of the project is in its checkout. */
export async function startWorkflow({
  workflow,
  vars = {},
  env = {},
}: WorkflowOptions): Promise<WorkflowRun> {
  const root = await mkdtemp(join(tmpdir(), 'lockkeeper-act-'));
  const folder = async (name: string): Promise<string> => {
    const path = join(root, name);
    await mkdir(path);
    return path;
  };
  const [checkout, home, bin] = [await folder('checkout'), await folder('home'), await folder('bin')];
  await symlink(toolPath('node24'), join(bin, 'node'));
  await createCheckout(checkout, workflow);

  const child = spawn(
    toolPath('act'),
    [
      ...['push', '--workflows', 'workflow.yml', '--json', '--no-cache-server', '--rm'],
      ...['--platform', 'ubuntu-latest=-self-hosted', '--concurrent-jobs', '4'],
      ...['--actor', 'octocat', '--secret', 'GITHUB_TOKEN=ghs_fake'],
      ...options('--var', vars),
      ...options('--env', {
        GITHUB_REPOSITORY: RUN.repository,
        GITHUB_RUN_ID: RUN.id,
        GITHUB_RUN_ATTEMPT: RUN.attempt,
        ...env,
      }),
    ],
    {
      cwd: checkout,
      env: {
        PATH: [bin, process.env['PATH'] ?? ''].join(delimiter),
        HOME: home,
        RUNNER_NAME: RUN.runner,
        ACT_DISABLE_VERSION_CHECK: '1',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );

  const lines: LogLine[] = [];
  const log = () => lines.map(({ job, text }) => `[${job}] ${text}`).join('\n');
  for (const stream of [child.stdout, child.stderr]) {
    let rest = '';
    stream.setEncoding('utf8').on('data', (text: string) => {
      const complete = (rest + text).split('\n');
      rest = complete.pop() ?? '';
      lines.push(...complete.map(parseLine));
      printed.grown();
    });
  }
  const result = new Promise<WorkflowResult>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exitCode) => resolve({ exitCode, lines, log: log() }));
  });
  const printed = awaitedText(result);

  return {
    result,
    cancel: () => {
      child.kill('SIGINT');
    },
    waitForLog: (wanted) =>
      printed.waitUntil(
        () => lines.some(({ text }) => text.includes(wanted)),
        () =>
          new Error(`The run ended without "${wanted}" in its log:
${log()}`),
      ),
    close: async () => {
      child.kill('SIGKILL');
      await result.catch(() => {});
      await rm(root, { recursive: true, force: true });
    },
  };
}

const SUB_ACTIONS = ACTIONS.filter((action) => action !== 'root');

/** `act` replaces actions/checkout by a copy of the folder that it runs in, which must be a repository. */
async function createCheckout(folder: string, workflow: string): Promise<void> {
  for (const name of ['action.yml', ...SUB_ACTIONS, 'dist']) {
    await cp(join(PROJECT, name), join(folder, name), { recursive: true });
  }
  await cp(workflow.startsWith('/') ? workflow : join(PROJECT, workflow), join(folder, 'workflow.yml'));
  const git = (...args: string[]) => promisify(execFile)('git', args, { cwd: folder });
  await git('init', '--quiet', '--initial-branch=main');
  await git('add', '.');
  await git(
    ...['-c', 'user.name=octocat', '-c', 'user.email=octocat@example.com'],
    ...['commit', '--quiet', '--message', 'The action as it was built'],
  );
}

function options(option: string, values: Readonly<Record<string, string>>): string[] {
  return Object.entries(values).flatMap(([name, value]) => [option, `${name}=${value}`]);
}

/** Lines are JSON, but for what `act` says of itself. */
function parseLine(line: string): LogLine {
  try {
    const { jobID = '', stage = '', msg = '', jobResult } = JSON.parse(line);
    return { job: jobID, stage, text: String(msg).trimEnd(), ...(jobResult && { jobResult }) };
  } catch {
    return { job: '', stage: '', text: line };
  }
}
