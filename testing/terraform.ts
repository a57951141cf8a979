import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { awaitedText } from './awaited-text.js';
import type { Environment } from './runner-environment.js';

/** Where a state is, for a real client and for the action alike. */
export interface BackendPlace {
  readonly bucket: string;
  readonly key: string;
  readonly table: string;
  readonly s3Endpoint: string;
  readonly dynamodbEndpoint: string;
}

export type LockKind = 'dynamodb' | 'lockfile' | 'both';

export interface TerraformOptions {
  /** Path of `terraform` or `tofu`. */
  readonly program: string;
  readonly place: BackendPlace;
  readonly lock: LockKind;
  /** HCL beside the backend. Providers cannot be installed, so `terraform_data` is the one kind of resource. */
  readonly configuration: string;
}

/** A folder with a configuration, where a person or a job runs Terraform or OpenTofu. */
export interface TerraformFolder {
  readonly path: string;
  /** What every command here has in its environment. */
  readonly environment: Environment;
  /**
   * Runs a command to its end, whatever comes of it.
   *
   * @param env Of a job, for instance; a person on a laptop has none.
   */
  run(args: readonly string[], env?: Environment): Promise<TerraformRun>;
  /** As `run`, but a failure is an error that shows the output. */
  succeed(args: readonly string[], env?: Environment): Promise<string>;
  /** A command that the test does something else beside. */
  start(args: readonly string[], env?: Environment): TerraformHandle;
  /** Ends what still runs, and removes the folder. */
  close(): Promise<void>;
}

export interface TerraformRun {
  /** Null if a signal ended the process. */
  readonly exitCode: number | null;
  /** What a person sees in the terminal, without colours and frames. */
  readonly output: string;
}

export interface TerraformHandle {
  /** Resolves once the output has the text; rejects, with the output, if the command ends without it. */
  waitForOutput(text: string): Promise<void>;
  /** As when the machine goes down: what it holds stays held. */
  kill(): void;
  readonly result: Promise<TerraformRun>;
}

export async function newTerraformFolder(options: TerraformOptions): Promise<TerraformFolder> {
  const root = await mkdtemp(join(tmpdir(), 'lockkeeper-terraform-'));
  const path = join(root, 'configuration');
  const home = join(root, 'home');
  await mkdir(path);
  await mkdir(home);
  await writeFile(join(path, 'backend.tf'), backendBlock(options.place, options.lock));
  await writeFile(join(path, 'main.tf'), options.configuration);
  const environment = {
    HOME: home,
    // No question to anybody, neither to whoever runs the tests nor to a server outside.
    TF_INPUT: '0',
    TF_DATA_DIR: join(root, 'data'),
    CHECKPOINT_DISABLE: '1',
    AWS_EC2_METADATA_DISABLED: 'true',
  };
  const running = new Set<ChildProcess>();

  const start = (args: readonly string[], env: Environment = {}): TerraformHandle => {
    const child = spawn(options.program, args, {
      cwd: path,
      env: { PATH: process.env['PATH'] ?? '', ...env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own, so that a provisioner ends with it.
      detached: true,
    });
    running.add(child);
    child.on('exit', () => running.delete(child));
    return watch(child);
  };
  const run: TerraformFolder['run'] = (args, env) => start(args, env).result;

  return {
    path,
    environment,
    start,
    run,
    succeed: async (args, env) => {
      const { exitCode, output } = await run(args, env);
      if (exitCode !== 0) throw new Error(`"${args.join(' ')}" ended with ${exitCode}:\n${output}`);
      return output;
    },
    close: async () => {
      for (const child of running) killGroup(child);
      await rm(root, { recursive: true, force: true });
    },
  };
}

function watch(child: ChildProcess): TerraformHandle {
  let printed = '';
  const output = () => withoutFrames(printed);
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
      awaited.grown();
    });
  }
  const result = new Promise<TerraformRun>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exitCode) => resolve({ exitCode, output: output() }));
  });
  const awaited = awaitedText(result);
  return {
    result,
    kill: () => killGroup(child),
    waitForOutput: (text) =>
      awaited.waitUntil(
        () => output().includes(text),
        () =>
          new Error(`The command ended without "${text}" in its output:
${output()}`),
      ),
  };
}

function killGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

/** Errors are framed by lines down the left, and those are coloured. */
function withoutFrames(text: string): string {
  return stripVTControlCharacters(text).replaceAll(/^[│╷╵] ?/gm, '');
}

/** What Terraform shows of the lock that stands in its way. */
export function shownLockInfo(output: string): Record<string, string> {
  const [, block = ''] = output.split(/^Lock Info:$/m);
  return Object.fromEntries(
    [...block.matchAll(/^ {2}(\w+): +(.*)$/gm)].map(([, name = '', value = '']) => [name, value.trim()]),
  );
}

/** The configuration that leads a real client to a state. */
export function backendBlock(place: BackendPlace, lock: LockKind): string {
  const table = lock === 'lockfile' ? '' : `dynamodb_table = "${place.table}"`;
  const lockfile = lock === 'dynamodb' ? '' : 'use_lockfile = true';
  return `
terraform {
  backend "s3" {
    bucket     = "${place.bucket}"
    key        = "${place.key}"
    region     = "us-east-1"
    access_key = "test"
    secret_key = "test"
    ${table}
    ${lockfile}
    use_path_style              = true
    skip_credentials_validation = true
    skip_requesting_account_id  = true
    skip_metadata_api_check     = true
    skip_region_validation      = true
    endpoints = {
      s3       = "${place.s3Endpoint}"
      dynamodb = "${place.dynamodbEndpoint}"
    }
  }
}
`;
}

/** The inputs of the action that take the same lock of the same state. */
export function inputsFor(place: BackendPlace, lock: LockKind): Record<string, string> {
  return {
    bucket: place.bucket,
    key: place.key,
    region: 'us-east-1',
    access_key: 'test',
    secret_key: 'test',
    endpoint: place.s3Endpoint,
    dynamodb_endpoint: place.dynamodbEndpoint,
    use_path_style: 'true',
    ...(lock === 'lockfile' ? {} : { dynamodb_table: place.table }),
    ...(lock === 'dynamodb' ? {} : { use_lockfile: 'true' }),
  };
}
