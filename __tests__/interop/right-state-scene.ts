import { execFile } from 'node:child_process';
import { mkdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { jobWorkspace } from '../../src/actions/initialised-backends.js';
import { jobStartedAt } from '../../src/actions/job-start.js';
import {
  heldByVariables,
  type Judgement,
  judge,
  type StateChange,
} from '../../src/commands/hold/right-state/right-state.js';
import type { HeldState } from '../../src/commands/hold/right-state/state-fit.js';
import { lockFlagVariables } from '../../src/commands/hold/terraform-flag.js';
import { parseRecordedBackend } from '../../src/config/recorded-backend.js';
import type { Unheld } from '../../src/config/settings.js';
import { formatHeldMark, type HeldMark, heldVariable } from '../../src/names/held-variable.js';
import type { InteropServers } from '../../testing/interop-servers.js';
import { createJobFolders, type Environment } from '../../testing/runner-environment.js';
import { type BackendPlace, backendBlock, type LockKind } from '../../testing/terraform.js';

/** A job whose steps run a real client, and the judgement that post would come to. */
export interface RightStateScene {
  readonly place: BackendPlace;
  /** A folder in the workspace, with a configuration for the state of the scene but for the differences. */
  root(name: string, differences?: Partial<BackendPlace>, lock?: LockKind): Promise<Root>;
  /** As `root`, with a backend block of its own. */
  rootWith(name: string, backend: string): Promise<Root>;
  /** Writes what only a service on the Internet could make `init` write. */
  writeFile(path: string, text: string): Promise<void>;
  /** Makes a file as old as one of an earlier job. */
  age(path: string): Promise<void>;
  /** What main does: from here on, the state of the scene is held. */
  hold(lock?: LockKind, differences?: Partial<HeldState>): Promise<void>;
  /** What another step of the job exports. */
  holdElsewhere(lockPath: string, mark: HeldMark): void;
  judge(options?: {
    readonly unheld?: readonly Unheld[];
    readonly workingDirectory?: string;
  }): Promise<Judgement>;
  close(): Promise<void>;
}

export interface Root {
  /** Runs the client to its end as a step of the job does; a failure is an error that shows the output. */
  run(args: readonly string[], env?: Environment): Promise<void>;
}

const RESOURCE =
  'variable "greeting" {\n  default = "hello"\n}\nresource "terraform_data" "x" {\n  input = var.greeting\n}\n';

export async function newRightStateScene(servers: InteropServers, program: string): Promise<RightStateScene> {
  const place = servers.newPlace();
  const folders = await createJobFolders();
  const eventFolder = join(folders.temp, '_github_workflow');
  const job: Record<string, string> = {
    GITHUB_WORKSPACE: folders.workspace,
    RUNNER_TEMP: folders.temp,
    GITHUB_EVENT_PATH: join(eventFolder, 'event.json'),
  };
  const startedAt = await jobStartedAt(job, Date.now());
  let ours: HeldState | undefined;
  let versionBefore: string | undefined;

  const versionNow = async () => (await servers.s3.get(place.bucket, ours?.statePath ?? ''))?.etag;
  const rootWith: RightStateScene['rootWith'] = async (name, backend) => {
    const path = join(folders.workspace, name);
    await mkdir(path, { recursive: true });
    await writeFile(join(path, 'main.tf'), `${backend}\n${RESOURCE}`);
    return {
      run: async (args, env = {}) => {
        await promisify(execFile)(program, [...args], {
          cwd: path,
          env: { ...clientEnvironment(folders.home), ...lockFlagVariables({}), ...env },
        });
      },
    };
  };

  return {
    place,
    root: (name, differences = {}, lock = 'dynamodb') =>
      rootWith(name, backendBlock({ ...place, ...differences }, lock)),
    rootWith,
    writeFile: async (path, text) => {
      await mkdir(join(folders.workspace, path, '..'), { recursive: true });
      await writeFile(join(folders.workspace, path), text);
    },
    age: (path) => utimes(join(folders.workspace, path), startedAt / 1_000 - 60, startedAt / 1_000 - 60),
    hold: async (lock = 'dynamodb', differences = {}) => {
      const { bucket, key, table, s3Endpoint, dynamodbEndpoint } = place;
      const held = { kind: lock, ...(lock === 'lockfile' ? {} : { table }) };
      const state = { bucket, statePath: key, workspace: 'default' };
      ours = { ...state, s3Endpoint, dynamodbEndpoint, lock: held, ...differences };
      versionBefore = await versionNow();
    },
    holdElsewhere: (lockPath, mark) => {
      job[heldVariable(lockPath)] = formatHeldMark(mark);
    },
    judge: async ({ unheld = [], workingDirectory } = {}) => {
      if (!ours) throw new Error('Nothing is held, so there is nothing to judge.');
      return judge({
        ours,
        change: changeBetween(versionBefore, await versionNow()),
        heldByOther: heldByVariables(job),
        search: await jobWorkspace(job, workingDirectory).findBackends(parseRecordedBackend),
        jobStartedAt: startedAt,
        workingDirectory,
        unheld,
      });
    },
    close: () => folders.remove(),
  };
}

function changeBetween(before: string | undefined, after: string | undefined): StateChange {
  if (before === undefined && after === undefined) return 'never-existed';
  return before === after ? 'unchanged' : 'changed';
}

function clientEnvironment(home: string): Environment {
  return {
    PATH: process.env['PATH'] ?? '',
    HOME: home,
    TF_INPUT: '0',
    CHECKPOINT_DISABLE: '1',
    AWS_EC2_METADATA_DISABLED: 'true',
  };
}
