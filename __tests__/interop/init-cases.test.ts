import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { isDeepStrictEqual, promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { machineFiles } from '../../src/actions/config-files.js';
import { ConfigError } from '../../src/config/config-error.js';
import { parseSettings } from '../../src/config/inputs.js';
import { readBackendConfig } from '../../src/config/sources/backend-config.js';
import { BACKEND_ATTRIBUTES } from '../../src/config/sources/backend-schema.js';
import { type Servers, startServers } from '../../testing/environment.js';
import { describeWithTools, toolPath } from '../../testing/interop-tools.js';
import { type StsDouble, startStsDouble } from '../../testing/sts-double.js';
import { type Client, type InitCase, OWN_CASES, REPOSITORIES, recordedCases } from './init-cases.js';

/** Where the S3 of the recorded cases was. */
const THEIR_S3 = 'http://127.0.0.1:5077';

/** Whose keys the environment and the cases have. */
const ACCOUNTS = { test: { secretAccessKey: 'test' }, AK: { secretAccessKey: 'SK', sessionToken: 'T' } };

type Texts = Readonly<Record<string, string>> | 'refused';

const CLIENTS: readonly Client[] = ['terraform', 'tofu'];

for (const client of CLIENTS) {
  describeWithTools(`what is found is what ${client} init records`, [client], () => {
    let servers: Servers;
    let sts: StsDouble;
    let root = '';
    beforeAll(async () => {
      servers = await startServers({ accounts: ACCOUNTS });
      sts = await startStsDouble();
      sts.onIssue = ({ accessKeyId, ...account }) => {
        servers.s3.settings.accounts = { ...servers.s3.settings.accounts, [accessKeyId]: account };
      };
      servers.s3.createBucket('statebucket');
      root = await mkdtemp(join(tmpdir(), 'lockkeeper-init-'));
    });
    afterAll(async () => {
      await Promise.all([servers?.close(), sts?.close()]);
      await rm(root, { recursive: true, force: true });
    });

    test.each([...recordedCases(), ...OWN_CASES, ...REPOSITORIES])('$name', async (scene) => {
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
        AWS_ENDPOINT_URL_STS: sts.endpoint,
        ...scene.env,
      };
      // Before `init`, for what that records is found too.
      const ours = readFolder({ scene, folder, args });
      const runsIn = join(folder, scene.workingDirectory ?? '.');
      const theirs = await recorded({ program: toolPath(client), folder: runsIn, args, env });
      const { apart } = scene;
      if (apart === undefined || (apart.only ?? client) !== client) expect(ours).toEqual(theirs);
      else if (apart.we === 'refuse') expect([theirs === 'refused', ours]).toEqual([false, 'refused']);
      else expect([ours === 'refused', isDeepStrictEqual(theirs, ours)]).toEqual([false, false]);
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
  const data = env['TF_DATA_DIR'] ?? '.terraform';
  const file = await readFile(join(folder, data, 'terraform.tfstate'), 'utf8');
  return textsOf(JSON.parse(file).backend.config);
}

/** The attributes that are inputs here, and have a value; parts of objects among them. */
function textsOf(config: Readonly<Record<string, unknown>>, object = ''): Record<string, string> {
  const entries = Object.entries(config).flatMap(([name, value]) => {
    const fate = BACKEND_ATTRIBUTES.get(object + name)?.fate;
    if (value === null || value === '' || fate === undefined) return [];
    if (fate.kind === 'parts') return Object.entries(textsOf(value as typeof config, `${name}.`));
    const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
    return fate.kind === 'input' ? [[fate.input, text] as const] : [];
  });
  return Object.fromEntries(entries);
}

/** What Lockkeeper finds in the same folder, given the same arguments. */
function readFolder({
  scene,
  folder,
  args,
}: {
  scene: InitCase;
  folder: string;
  args: readonly string[];
}): Texts {
  const env = {
    GITHUB_WORKSPACE: folder,
    INPUT_BACKEND_CONFIG: args.join('\n'),
    INPUT_WORKING_DIRECTORY: scene.workingDirectory,
    AWS_REGION: 'us-east-1',
    ...scene.env,
  };
  const backendConfig = readBackendConfig(env, {
    files: machineFiles,
    homeDir: folder,
    jobStartedAt: Date.now() + 60_000,
  });
  try {
    parseSettings(env, { homeDir: folder, backendConfig });
  } catch (error) {
    if (error instanceof ConfigError) return 'refused';
    throw error;
  }
  return Object.fromEntries([...backendConfig.values].map(([name, { text }]) => [name, text]));
}
