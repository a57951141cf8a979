import { spawn } from 'node:child_process';
import { access, constants, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { DrillBackend } from '../config/drill-backend.js';
import type { Environment } from '../config/environment.js';
import { type StateClient, StateClientError } from '../job/state-client.js';

/** What a client is started with. */
export interface ClientOptions {
  readonly backend: DrillBackend;
  /** Asked before each command: keys that were good for the first may be outdated at the last. */
  readonly credentials: () => Promise<Readonly<Record<string, string>>>;
  /** That of this process. */
  readonly env: Environment;
  readonly signal: AbortSignal;
}

/**
 * The programs that list a state, the first that is there. The actions that set them up put a wrapper of the same name on the PATH,
 * which tells the runner what was printed, and so its way past that.
 *
 * @see https://github.com/hashicorp/setup-terraform/blob/main/wrapper/terraform.js
 */
const PROGRAMS = [
  { name: 'terraform', folder: 'TERRAFORM_CLI_PATH', behindWrapper: 'terraform-bin' },
  { name: 'tofu', folder: 'TOFU_CLI_PATH', behindWrapper: 'tofu-bin' },
];

/** @returns The path of the program; undefined if there is none on the PATH. */
export async function findStateClient(env: Environment): Promise<string | undefined> {
  const ending = process.platform === 'win32' ? '.exe' : '';
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  for (const { name, folder, behindWrapper } of PROGRAMS) {
    const unwrapped = env[folder] ? [join(env[folder], behindWrapper + ending)] : [];
    const named = folders.map((each) => join(each, name + ending));
    for (const path of [...unwrapped, ...named]) if (await isProgram(path)) return path;
  }
  return undefined;
}

async function isProgram(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

/**
 * Leads a client to a backend, in a folder of its own. It gets nothing of this process's environment but what {@link PASSED_ON}
 * names: no arguments for it, no keys of others, no configuration of the user's.
 *
 * @throws StateClientError if it does not go there
 */
export async function openStateClient(program: string, options: ClientOptions): Promise<StateClient> {
  const folder = await mkdtemp(join(options.env['RUNNER_TEMP'] || tmpdir(), 'lockkeeper-drill-'));
  const close = () => rm(folder, { recursive: true, force: true });
  try {
    const environment = await environmentIn(folder, options);
    await writeFile(join(folder, 'main.tf.json'), options.backend.configuration);
    const run = async (args: readonly string[], signal: AbortSignal, more: Environment = {}) => {
      const env = { ...environment, ...(await options.credentials()), ...more };
      return runProgram(program, args, { folder, env, signal });
    };
    const [name = program] = (await run(['version'], options.signal)).split('\n');
    await run(['init', '-input=false', '-no-color', '-lock=false'], options.signal);
    return {
      name,
      listState: async (workspace, signal) => {
        const output = await run(['state', 'list'], signal, { TF_WORKSPACE: workspace });
        return output.split('\n').filter((line) => line !== '');
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** What a program needs to run at all, and shims to find it. */
const PASSED_ON = ['PATH', 'HOME', 'USERPROFILE', 'SYSTEMROOT', 'TMPDIR', 'TEMP', 'TMP', 'LANG'];
/** Whom Go trusts. */
const TRUST = ['SSL_CERT_FILE', 'SSL_CERT_DIR'];

async function environmentIn(
  folder: string,
  { env, backend }: ClientOptions,
): Promise<Record<string, string>> {
  const nothing = join(folder, 'nothing');
  await writeFile(nothing, '');
  const passedOn = [...PASSED_ON, ...TRUST].flatMap((name) => {
    const value = env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    ...Object.fromEntries(passedOn),
    ...backend.environment,
    TF_DATA_DIR: join(folder, 'data'),
    TF_INPUT: '0',
    TF_IN_AUTOMATION: '1',
    TF_CLI_CONFIG_FILE: nothing,
    CHECKPOINT_DISABLE: '1',
    NO_COLOR: '1',
    AWS_CONFIG_FILE: nothing,
    AWS_SHARED_CREDENTIALS_FILE: nothing,
    AWS_EC2_METADATA_DISABLED: 'true',
  };
}

interface Run {
  readonly folder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
}

/** Of what a program says. An error is at its end. */
const MOST_CHARACTERS = 1_000;

/** @returns What it printed. It only reads, so that it may be ended at any time. */
function runProgram(program: string, args: readonly string[], { folder, env, signal }: Run): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'], signal });
    const printed = { stdout: '', stderr: '' };
    for (const stream of ['stdout', 'stderr'] as const) {
      child[stream].setEncoding('utf8').on('data', (text: string) => {
        printed[stream] += text;
      });
    }
    child.on('error', (error) => reject(signal.aborted ? signal.reason : error));
    child.on('close', (exitCode, endedBy) => {
      if (exitCode === 0) resolve(stripVTControlCharacters(printed.stdout));
      else if (signal.aborted) reject(signal.reason);
      else
        reject(new StateClientError(lastWords(args, exitCode ?? endedBy, printed.stderr || printed.stdout)));
    });
  });
}

/** Errors are framed by lines down the left. */
function lastWords(args: readonly string[], end: number | string | null, said: string): string {
  const text = stripVTControlCharacters(said)
    .replaceAll(/^[│╷╵] ?/gm, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return `"${args.join(' ')}" ended with ${end}: ${text.slice(-MOST_CHARACTERS)}`;
}
