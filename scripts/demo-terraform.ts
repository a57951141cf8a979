/** The real Terraform in the demo, if there is one on the PATH. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { BUCKET, type Servers, STATE_PATH, TABLE } from '../testing/environment.js';
import type { Job } from '../testing/job.js';

export function hasTerraform(): boolean {
  return spawnSync('terraform', ['version'], { env: environment({}) }).status === 0;
}

/** A configuration that needs no provider, on the servers that the jobs' inputs name. */
export function writeConfiguration(folder: string, { inputs }: Servers): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'main.tf'),
    `terraform {
  backend "s3" {
    bucket                      = "${BUCKET}"
    key                         = "${STATE_PATH}"
    region                      = "us-east-1"
    dynamodb_table              = "${TABLE}"
    access_key                  = "test"
    secret_key                  = "test"
    use_path_style              = true
    skip_credentials_validation = true
    skip_requesting_account_id  = true
    skip_region_validation      = true
    skip_metadata_api_check     = true
    endpoints                   = { s3 = "${inputs['endpoint']}", dynamodb = "${inputs['dynamodb_endpoint']}" }
  }
}

variable "v" {
  default = "one"
}

resource "terraform_data" "network" {
  input = var.v
}

resource "terraform_data" "subnet" {
  for_each = var.v == "one" ? toset(["a"]) : toset(["a", "b"])
  input    = each.key
}
`,
  );
}

/** Runs Terraform as a step of the job would, with what the action exported. @returns what it printed. */
export async function terraform(job: Job, ...args: readonly string[]): Promise<string> {
  const child = spawn('terraform', [...args, '-no-color', '-input=false'], {
    cwd: job.workspace,
    env: environment(job.environment()),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return `${stdout}${stderr}`.replaceAll(/\n{2,}/g, '\n').trim();
}

function environment(added: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const { TF_CLI_CONFIG_FILE: _, ...inherited } = process.env;
  return { ...inherited, CHECKPOINT_DISABLE: '1', ...added };
}
