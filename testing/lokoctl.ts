import { execFile } from 'node:child_process';
import { chmod, copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { toolPath } from './interop-tools.js';

/** What `lokoctl` made of a folder. */
export type LokoctlAnswer =
  | { readonly kind: 'refused'; readonly output: string }
  | {
      readonly kind: 'accepted';
      /** Where it ran Terraform. */
      readonly workingFolder: string;
      /** What it wrote there as `backend.tf`, or found there; undefined if there is none. */
      readonly backend: string | undefined;
    };

/** The real `lokoctl`, whose Terraform does nothing, and says that it is of the version that is asked for. */
export interface Lokoctl {
  /** Begins to destroy the cluster of a folder. */
  run(folder: string, home: string): Promise<LokoctlAnswer>;
}

const RAN_IN = 'ran-in';

const TERRAFORM = `#!/bin/sh
case "$1" in
  version) echo '{"terraform_version": "0.13.7"}' ;;
  init) pwd >"$HOME/${RAN_IN}" ;;
  output) echo '{}' ;;
esac
`;

/** A cluster with the fewest arguments that its platform asks for. */
export const cluster = (assetDir: string) =>
  `cluster "tinkerbell" {
  asset_dir               = ${assetDir}
  name                    = "demo"
  dns_zone                = "example.com"
  ssh_public_keys         = ["ssh-rsa AAAA"]
  controller_ip_addresses = ["10.0.0.1"]
}
`;

/**
 * @param folder - for programs: `lokoctl` takes the Terraform that is beside it before that of the PATH
 * @see https://github.com/kinvolk/lokomotive/blob/v0.9.0/pkg/terraform/executor.go tfBinaryPath
 */
export async function installLokoctl(folder: string): Promise<Lokoctl> {
  const [program, terraform] = [join(folder, 'lokoctl'), join(folder, 'terraform')];
  await mkdir(folder, { recursive: true });
  await copyFile(toolPath('lokoctl'), program);
  await writeFile(terraform, TERRAFORM);
  await chmod(terraform, 0o755);
  return { run: (cwd, home) => run(program, cwd, home) };
}

async function run(program: string, cwd: string, home: string): Promise<LokoctlAnswer> {
  await rm(join(home, RAN_IN), { force: true });
  try {
    // The region is what lokoctl itself asks for; without it, it refuses what has no credentials file.
    const env = { HOME: home, AWS_DEFAULT_REGION: 'eu-west-1' };
    await promisify(execFile)(program, ['cluster', 'destroy', '--confirm'], { cwd, env });
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    if (!stderr.includes('Destroying cluster: initializing')) throw error;
    return { kind: 'refused', output: stdout + stderr };
  }
  const workingFolder = (await readFile(join(home, RAN_IN), 'utf8')).trimEnd();
  const backend = await readFile(join(workingFolder, 'backend.tf'), 'utf8').catch(() => undefined);
  return { kind: 'accepted', workingFolder, backend };
}
