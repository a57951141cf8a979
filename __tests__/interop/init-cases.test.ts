import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readConfigFile } from '../../src/actions/config-files.js';
import { ConfigError } from '../../src/config/config-error.js';
import { parseSettings } from '../../src/config/inputs.js';
import { readBackendConfig } from '../../src/config/sources/backend-config.js';
import { BACKEND_ATTRIBUTES } from '../../src/config/sources/backend-schema.js';
import { type InteropServers, startEmbedded } from '../../testing/interop-servers.js';
import { describeWithTools, toolPath } from '../../testing/interop-tools.js';
import { type InitCase, OWN_CASES, recordedCases } from './init-cases.js';

/** Where the S3 of the recorded cases was. */
const THEIR_S3 = 'http://127.0.0.1:5077';

type Texts = Readonly<Record<string, string>> | 'refused';

for (const client of ['terraform', 'tofu'] as const) {
  describeWithTools(`backend_config says what ${client} init records`, [client], () => {
    let servers: InteropServers;
    let root = '';
    beforeAll(async () => {
      servers = await startEmbedded();
      await servers.s3.createBucket('statebucket');
      root = await mkdtemp(join(tmpdir(), 'lockkeeper-init-'));
    });
    afterAll(async () => {
      await servers?.close();
      await rm(root, { recursive: true, force: true });
    });

    test.each([...recordedCases(), ...OWN_CASES])('$name', async (scene) => {
      const folder = await mkdtemp(join(root, 'case-'));
      const here = (text: string) => text.replaceAll(THEIR_S3, servers.s3Proxy.endpoint);
      for (const [name, text] of Object.entries(scene.files)) {
        await mkdir(dirname(join(folder, name)), { recursive: true });
        await writeFile(join(folder, name), here(text));
      }
      const args = scene.args.map(here);
      const env = {
        AWS_ACCESS_KEY_ID: 'test',
        AWS_SECRET_ACCESS_KEY: 'test',
        AWS_REGION: 'us-east-1',
        AWS_ENDPOINT_URL_S3: servers.s3Proxy.endpoint,
      };
      const theirs = await recorded({ program: toolPath(client), folder, args, env });
      const ours = await read({ scene, folder, args });
      if (scene.refusedBecause === undefined) expect(ours).toEqual(theirs);
      else expect([theirs === 'refused', ours]).toEqual([false, 'refused']);
    });
  });
}

interface Run {
  readonly program: string;
  readonly folder: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** What `init` records, as the texts of inputs. */
async function recorded({ program, folder, args, env }: Run): Promise<Texts> {
  const flags = args.map((arg) => `-backend-config=${arg}`);
  try {
    await promisify(execFile)(program, ['init', '-input=false', '-no-color', ...flags], {
      cwd: folder,
      env: { ...env, HOME: folder, CHECKPOINT_DISABLE: '1', AWS_EC2_METADATA_DISABLED: 'true' },
    });
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    if (!/Error: /.test(stdout + stderr)) throw error;
    return 'refused';
  }
  const file = await readFile(join(folder, '.terraform/terraform.tfstate'), 'utf8');
  return textsOf(JSON.parse(file).backend.config);
}

/** The attributes that are inputs here, and have a value; parts of objects among them. */
function textsOf(config: Readonly<Record<string, unknown>>, object = ''): Record<string, string> {
  const entries = Object.entries(config).flatMap(([name, value]) => {
    const fate = BACKEND_ATTRIBUTES.get(object + name)?.fate;
    if (value === null || value === '' || fate === undefined) return [];
    if (fate.kind === 'parts') return Object.entries(textsOf(value as typeof config, `${name}.`));
    return fate.kind === 'input' ? [[fate.input, String(value)] as const] : [];
  });
  return Object.fromEntries(entries);
}

/** What Lockkeeper reads of the same, where the arguments of the block come first, as a file. */
async function read({ scene, folder, args }: { scene: InitCase; folder: string; args: readonly string[] }) {
  const [, block = ''] = /backend "s3" \{\n(.*)\n? *\}\n\}/s.exec(Object.values(scene.files)[0] ?? '') ?? [];
  await writeFile(join(folder, 'block.tfbackend'), block);
  const env = {
    GITHUB_WORKSPACE: folder,
    INPUT_BACKEND_CONFIG: ['block.tfbackend', ...args].join('\n'),
    AWS_REGION: 'us-east-1',
  };
  const backendConfig = readBackendConfig(env, readConfigFile);
  try {
    parseSettings(env, { homeDir: folder, backendConfig });
  } catch (error) {
    if (error instanceof ConfigError) return 'refused';
    throw error;
  }
  return Object.fromEntries([...backendConfig.values].map(([name, { text }]) => [name, text]));
}
