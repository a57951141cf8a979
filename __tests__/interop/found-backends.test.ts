import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { machineFiles } from '../../src/actions/config-files.js';
import { ConfigError } from '../../src/config/config-error.js';
import { parseSettings } from '../../src/config/inputs.js';
import { readBackendConfig } from '../../src/config/sources/backend-config.js';
import { BUCKET, type Servers, startServers } from '../../testing/environment.js';
import { describeWithTools, toolPath } from '../../testing/interop-tools.js';

const PARTIAL = 'terraform {\n  backend "s3" {\n  }\n}\n';
const RESOURCE = 'resource "terraform_data" "x" {\n}\n';
const argumentsOf = (key: string) =>
  `bucket = "${BUCKET}"\nkey = "${key}"\nregion = "us-east-1"\nuse_path_style = true\n` +
  'skip_requesting_account_id = true\nskip_credentials_validation = true\n';
const blockOf = (key: string) => PARTIAL.replace('{\n  }', `{\n${argumentsOf(key)}  }`);

const INIT = ['init', '-input=false'];
const APPLY = ['apply', '-auto-approve', '-input=false', '-lock=false'];

for (const client of ['terraform', 'tofu'] as const) {
  describeWithTools(`the state that is found is the one that ${client} writes`, [client], () => {
    let servers: Servers;
    let root = '';
    beforeAll(async () => {
      servers = await startServers();
      root = await mkdtemp(join(tmpdir(), 'lockkeeper-found-'));
    });
    afterAll(async () => {
      await servers?.close();
      await rm(root, { recursive: true, force: true });
    });

    /** A job in a folder of its own, whose keys in the bucket begin with the name of the folder. */
    async function newJob(files: (name: string) => Readonly<Record<string, string>>, env: Env = {}) {
      const folder = await mkdtemp(join(root, 'job-'));
      const name = folder.slice(root.length + 1);
      const put = async (path: string, text: string) => {
        await mkdir(dirname(join(folder, path)), { recursive: true });
        await writeFile(join(folder, path), text);
      };
      const link = (path: string, target: string) => symlink(target, join(folder, path));
      /** As if the file had been written in 1970. */
      const age = (path: string) => utimes(join(folder, path), 0, 0);
      for (const [path, text] of Object.entries(files(name))) await put(path, text);
      const run = (args: readonly string[], cwd = '.') =>
        promisify(execFile)(toolPath(client), [...args, '-no-color'], {
          cwd: join(folder, cwd),
          env: {
            AWS_ACCESS_KEY_ID: 'test',
            AWS_SECRET_ACCESS_KEY: 'test',
            AWS_ENDPOINT_URL_S3: servers.s3Proxy.endpoint,
            AWS_EC2_METADATA_DISABLED: 'true',
            CHECKPOINT_DISABLE: '1',
            HOME: folder,
            ...env,
          },
        });
      const found = (inputs: Env = {}, jobStartedAt = 0) =>
        foundBy(folder, { ...env, ...inputs }, jobStartedAt);
      const written = () => servers.s3.listKeys(BUCKET).filter((key) => key.includes(name));
      return { name, put, link, age, run, found, written };
    }

    test('for a block', async () => {
      const { run, found, written, name } = await newJob((key) => ({ 'main.tf': RESOURCE + blockOf(key) }));
      expect(found()).toBe(name);
      await run(INIT);
      await run(APPLY);
      expect([found(), written()]).toEqual([name, [name]]);
    });

    test('for a stack of many, whose root has a backend of its own', async () => {
      const { run, found, written, name } = await newJob((key) => ({
        'bootstrap.tf': blockOf(`${key}/bootstrap`),
        'stacks/app/main.tf': RESOURCE + blockOf(`${key}/app`),
      }));
      const ours = found({ INPUT_WORKING_DIRECTORY: 'stacks/app' });
      await run(INIT, 'stacks/app');
      await run(APPLY, 'stacks/app');
      expect([ours, written()]).toEqual([`${name}/app`, [`${name}/app`]]);
    });

    test('for what this job gave init on its command line', async () => {
      const { run, found, written, name } = await newJob((key) => ({
        'main.tf': RESOURCE + PARTIAL,
        'prod.hcl': argumentsOf(key),
      }));
      await run([...INIT, '-backend-config=prod.hcl']);
      await run(APPLY);
      expect([found(), written()]).toEqual([name, [name]]);
    });

    test('for a key of the block that init was told to replace', async () => {
      const { run, found, written, name } = await newJob((key) => ({
        'main.tf': RESOURCE + blockOf(`${key}/default`),
      }));
      await run([...INIT, `-backend-config=key=${name}/prod`]);
      await run(APPLY);
      expect([found(), written()]).toEqual([`${name}/prod`, [`${name}/prod`]]);
    });

    test('in a folder that a link leads to, above which the files of the environments are', async () => {
      const env = { TF_DATA_DIR: '../data' };
      const { run, found, written, name, link } = await newJob(
        (key) => ({
          'stacks/app/main.tf': RESOURCE + PARTIAL,
          'stacks/prod.hcl': argumentsOf(`${key}/app`),
          'prod.hcl': argumentsOf(`${key}/another`),
        }),
        env,
      );
      await link('current', 'stacks/app');
      const inputs = { INPUT_WORKING_DIRECTORY: 'current' };
      const before = found({ ...inputs, INPUT_BACKEND_CONFIG: '../prod.hcl' });
      await run([...INIT, '-backend-config=../prod.hcl'], 'current');
      const after = found(inputs);
      await run(APPLY, 'current');
      expect([before, after, written()]).toEqual([`${name}/app`, `${name}/app`, [`${name}/app`]]);
    });

    test('for flags in the environment that the command line of init went before', async () => {
      const env = { TF_CLI_ARGS_init: '-backend-config=key=default' };
      const { run, found, written, name } = await newJob(
        (key) => ({ 'main.tf': RESOURCE + blockOf(key) }),
        env,
      );
      await run([...INIT, `-backend-config=key=${name}/prod`]);
      await run(APPLY);
      expect([found(), written()]).toEqual([`${name}/prod`, [`${name}/prod`]]);
    });

    test('on a runner whose last run was for another environment', async () => {
      const { run, found, written, name } = await newJob((key) => ({
        'main.tf': RESOURCE + PARTIAL,
        'dev.hcl': argumentsOf(`${key}/dev`),
        'prod.hcl': argumentsOf(`${key}/prod`),
      }));
      await run([...INIT, '-backend-config=dev.hcl']);
      const jobStartedAt = Date.now() + 60_000;
      expect(found({}, jobStartedAt)).toBe('refused');
      const ours = found({ INPUT_BACKEND_CONFIG: 'prod.hcl' }, jobStartedAt);
      await run([...INIT, '-reconfigure', '-backend-config=prod.hcl']);
      await run(APPLY);
      expect([ours, written()]).toEqual([`${name}/prod`, [`${name}/prod`]]);
    });

    test('in a job that goes on to another environment', async () => {
      const { run, found, written, name } = await newJob(
        (key) => ({
          'main.tf': RESOURCE + PARTIAL,
          'dev.hcl': `${argumentsOf(`${key}/dev`)}workspace_key_prefix = "dev"\n`,
          'prod.hcl': argumentsOf(`${key}/prod`),
        }),
        { TF_WORKSPACE: 'green' },
      );
      await run([...INIT, '-backend-config=dev.hcl']);
      const ours = found({ INPUT_BACKEND_CONFIG: 'prod.hcl' });
      await run([...INIT, '-reconfigure', '-backend-config=prod.hcl']);
      await run(APPLY);
      const prod = written().filter((key) => !key.startsWith('dev/'));
      expect([ours, prod]).toEqual([`env:/green/${name}/prod`, [`env:/green/${name}/prod`]]);
    });

    test('on a runner whose last run had another block', async () => {
      const { run, put, found, written, name } = await newJob((key) => ({
        'main.tf': RESOURCE + blockOf(`${key}/old`),
      }));
      await run(INIT);
      await put('main.tf', RESOURCE + blockOf(`${name}/new`));
      const ours = found({}, Date.now() + 60_000);
      await run([...INIT, '-reconfigure']);
      await run(APPLY);
      expect([ours, written()]).toEqual([`${name}/new`, [`${name}/new`]]);
    });

    test('for a block that was changed after init, which both refuse', async () => {
      const { run, put, found, name } = await newJob((key) => ({
        'main.tf': RESOURCE + blockOf(`${key}/old`),
      }));
      await run(INIT);
      await put('main.tf', RESOURCE + blockOf(`${name}/new`));
      expect(found()).toBe('refused');
      await expect(run(APPLY)).rejects.toThrow(/init/);
    });

    test('for flags in the environment, and a data folder of another name', async () => {
      const env = { TF_CLI_ARGS_init: '-backend-config="my prod.hcl"', TF_DATA_DIR: '.tf-prod' };
      const { run, found, written, name } = await newJob(
        (key) => ({ 'main.tf': RESOURCE + PARTIAL, 'my prod.hcl': argumentsOf(key) }),
        env,
      );
      expect(found()).toBe(name);
      await run(INIT);
      await run(APPLY);
      expect([found(), written()]).toEqual([name, [name]]);
    });

    test('for a workspace that the job has selected', async () => {
      const { run, found, written, name } = await newJob((key) => ({ 'main.tf': RESOURCE + blockOf(key) }));
      await run(INIT);
      await run(['workspace', 'new', 'blue']);
      const ours = found();
      await run(APPLY);
      expect([ours, written()]).toEqual([`env:/blue/${name}`, [`env:/blue/${name}`]]);
    });

    test('for a data folder behind a link, once it is named', async () => {
      const { run, link, found, written, name } = await newJob((key) => ({
        'main.tf': RESOURCE + blockOf(`${key}/default`),
      }));
      await link('.terraform', await mkdtemp(join(root, 'data-')));
      await run([...INIT, `-backend-config=key=${name}/prod`]);
      const ours = [found(), found({ TF_DATA_DIR: '.terraform' })];
      await run(APPLY);
      expect([ours, written()]).toEqual([['refused', `${name}/prod`], [`${name}/prod`]]);
    });

    test('for a workspace that an earlier job selected, and this one again, which leaves no trace', async () => {
      const { run, age, found, written, name } = await newJob((key) => ({
        'main.tf': RESOURCE + blockOf(key),
      }));
      await run(INIT);
      await run(['workspace', 'new', 'blue']);
      await age('.terraform/environment');
      await run(['workspace', 'select', 'blue']);
      const jobStartedAt = Date.now() - 60_000;
      const ours = [found({}, jobStartedAt), found({ INPUT_WORKSPACE: 'blue' }, jobStartedAt)];
      await run(APPLY);
      expect([ours, written()]).toEqual([['refused', `env:/blue/${name}`], [`env:/blue/${name}`]]);
    });

    test('for a prefix of workspaces that is empty', async () => {
      const { run, found, written, name } = await newJob(
        (key) => ({ 'main.tf': RESOURCE + PARTIAL, f: `${argumentsOf(key)}workspace_key_prefix = ""\n` }),
        { TF_WORKSPACE: 'empty-prefix' },
      );
      const before = found({ INPUT_BACKEND_CONFIG: 'f' });
      await run([...INIT, '-backend-config=f']);
      const after = found();
      await run(APPLY);
      const path = `empty-prefix/${name}`;
      expect([before, after, written()]).toEqual([path, path, [path]]);
    });

    test('for a workspace that the environment names, over the one that is selected', async () => {
      const env = { TF_WORKSPACE: 'green' };
      const { run, found, written, name } = await newJob(
        (key) => ({ 'main.tf': RESOURCE + blockOf(key), '.terraform/environment': 'blue' }),
        env,
      );
      const ours = found();
      await run(INIT);
      await run(APPLY);
      expect([ours, written()]).toEqual([`env:/green/${name}`, [`env:/green/${name}`]]);
    });

    if (client === 'tofu') {
      test('for variables, once init has recorded what they are', async () => {
        const { run, found, written, name } = await newJob((key) => ({
          'main.tf': `variable "stage" {\n  default = "prod"\n}\n${RESOURCE}${blockOf(`${key}/\u0024{var.stage}`)}`,
        }));
        expect(found({}, Date.now() + 60_000)).toBe('refused');
        await run(INIT);
        await run(APPLY);
        expect([found(), written()]).toEqual([`${name}/prod`, [`${name}/prod`]]);
      });
    }
  });
}

type Env = Readonly<Record<string, string>>;

/** The state path that a step in the folder works with. */
function foundBy(folder: string, env: Env, jobStartedAt: number): string {
  const all = { GITHUB_WORKSPACE: folder, ...env };
  const backendConfig = readBackendConfig(all, { files: machineFiles, homeDir: folder, jobStartedAt });
  try {
    return parseSettings(all, { homeDir: folder, backendConfig }).backend.statePath;
  } catch (error) {
    if (error instanceof ConfigError) return 'refused';
    throw error;
  }
}
