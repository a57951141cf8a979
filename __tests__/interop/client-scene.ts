import { execFile } from 'node:child_process';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { InteropServers } from '../../testing/interop-servers.js';
import { toolPath } from '../../testing/interop-tools.js';
import { type Job, type JobOptions, startJob } from '../../testing/job.js';
import { runStep, type StepResult } from '../../testing/runner.js';
import type { Environment } from '../../testing/runner-environment.js';
import {
  type BackendPlace,
  inputsFor,
  type LockKind,
  newTerraformFolder,
  type TerraformFolder,
} from '../../testing/terraform.js';

/** One state, a checkout of its configuration, and the jobs of a test. */
export interface Scene {
  readonly place: BackendPlace;
  /** Without a job's environment, it is a person's. */
  readonly checkout: TerraformFolder;
  /** The action as it was built, on the Node that its manifest names. */
  newJob(inputs?: Readonly<Record<string, string>>, env?: Environment): Promise<Job>;
  /** A job with `restore/`, on the same state. */
  newRestore(inputs: Readonly<Record<string, string>>): Promise<Job>;
  /** `inspect/`, on the same state. */
  inspect(): Promise<StepResult>;
  /** Makes an `apply` that keeps the lock until the gate is opened. */
  newGate(): Promise<Gate>;
  close(): Promise<void>;
}

export interface Gate {
  readonly path: string;
  /** Options for `apply`. */
  readonly args: readonly string[];
  open(): Promise<void>;
}

export interface SceneOptions {
  readonly servers: InteropServers;
  /** Path of `terraform` or `tofu`. */
  readonly program: string;
  readonly lock: LockKind;
  /** HCL beside the resources that every scene has. */
  readonly configuration?: string;
}

const CONFIGURATION = `
variable "greeting" {
  default = "hello"
}
variable "gate" {
  default = ""
}
resource "terraform_data" "greeting" {
  input = var.greeting
}
resource "terraform_data" "imported" {}
resource "terraform_data" "gate" {
  count = var.gate == "" ? 0 : 1
  provisioner "local-exec" {
    command = "cat '\${var.gate}'"
  }
}
`;

/** A state that the client itself wrote, with serial 1. */
export async function newScene({ servers, program, lock, configuration = '' }: SceneOptions): Promise<Scene> {
  const place = servers.newPlace();
  const checkout = await newTerraformFolder({
    program,
    place,
    lock,
    configuration: CONFIGURATION + configuration,
  });
  const toClose: (() => Promise<void>)[] = [checkout.close];
  const start = async ({ inputs = {}, ...options }: JobOptions): Promise<Job> => {
    const job = await startJob({
      ...options,
      node: toolPath('node24'),
      inputs: { ...inputsFor(place, lock), ...inputs },
    });
    toClose.push(job.close);
    return job;
  };
  const scene: Scene = {
    place,
    checkout,
    newJob: (inputs, env) => start({ inputs, env }),
    newRestore: (inputs) => start({ inputs, action: 'restore' }),
    inspect: () =>
      runStep({
        action: 'inspect',
        entry: 'main',
        node: toolPath('node24'),
        inputs: inputsFor(place, lock),
      }),
    newGate: async () => {
      const path = join(checkout.path, 'gate');
      await promisify(execFile)('mkfifo', [path]);
      // As long as somebody could write, whoever reads does not come to the end.
      const writer = await open(path, 'r+');
      toClose.push(() => closeOnce(writer));
      return { path, args: ['-var', `gate=${path}`], open: () => closeOnce(writer) };
    },
    close: async () => {
      for (const close of toClose.reverse()) await close();
    },
  };
  try {
    await checkout.succeed(['init']);
    await checkout.succeed(['apply', '-auto-approve']);
    return scene;
  } catch (error) {
    await scene.close();
    throw error;
  }
}

async function closeOnce(handle: FileHandle): Promise<void> {
  if (handle.fd >= 0) await handle.close();
}
