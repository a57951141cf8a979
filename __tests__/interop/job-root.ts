import { execFile } from 'node:child_process';
import { mkdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Job } from '../../testing/job.js';
import type { Environment } from '../../testing/runner-environment.js';
import { type BackendPlace, backendBlock, type LockKind } from '../../testing/terraform.js';

/** A folder with a configuration in a job's workspace, where the job's steps run Terraform or OpenTofu. */
export interface JobRoot {
  readonly path: string;
  /**
   * Runs the client to its end in what is the job's environment by then; a failure is an error that shows the output.
   *
   * @param env The step's own `env:`.
   */
  run(args: readonly string[], env?: Environment): Promise<string>;
  /** Makes a file as old as one that an earlier job has left. */
  age(file: string): Promise<void>;
}

export interface RootOptions {
  /** Path of `terraform` or `tofu`. */
  readonly program: string;
  readonly place: BackendPlace;
  readonly lock?: LockKind;
  readonly name?: string;
  /** HCL instead of the backend that leads to `place`. */
  readonly backend?: string;
  /** HCL beside the resources that every root has. */
  readonly configuration?: string;
}

export const APPLY = ['apply', '-auto-approve'];
export const CHANGE = [...APPLY, '-var', 'greeting=bonjour'];
/** What `init` leaves. */
export const RECORD = '.terraform/terraform.tfstate';

/** As in the scene's checkout, so that an apply in a job has only to change what it is told to. */
const CONFIGURATION = `
variable "greeting" {
  default = "hello"
}
resource "terraform_data" "greeting" {
  input = var.greeting
}
resource "terraform_data" "imported" {}
`;

export async function newJobRoot(job: Job, options: RootOptions): Promise<JobRoot> {
  const { program, place, lock = 'dynamodb', name = 'infra', configuration = '' } = options;
  const path = join(job.workspace, name);
  await mkdir(path, { recursive: true });
  await writeFile(join(path, 'backend.tf'), options.backend ?? backendBlock(place, lock));
  await writeFile(join(path, 'main.tf'), CONFIGURATION + configuration);
  return {
    path,
    run: async (args, env = {}) => {
      const { stdout } = await promisify(execFile)(program, [...args], {
        cwd: path,
        env: { ...clientEnvironment(job), ...env },
      });
      return stdout;
    },
    age: (file) => utimes(join(path, file), LONG_AGO, LONG_AGO),
  };
}

/** The environment of a job's step that asks nobody a question, neither a person nor a server outside. */
export const clientEnvironment = (job: Job): Environment => ({
  ...job.environment(),
  TF_INPUT: '0',
  CHECKPOINT_DISABLE: '1',
});

const LONG_AGO = new Date('2020-01-01');
