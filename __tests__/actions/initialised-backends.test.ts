import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { mkdir, mkdtemp, realpath, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { jobWorkspace } from '../../src/actions/initialised-backends.js';

/** What the reader under test is given instead of Terraform's JSON: anything that begins with `backend`. */
const read = (text: string) => (text.startsWith('backend') ? text : undefined);

let root: string;
let env: Record<string, string>;

beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'lockkeeper-backends-')));
  env = { GITHUB_WORKSPACE: join(root, 'work'), RUNNER_TEMP: join(root, 'temp') };
  await mkdir(join(root, 'work'));
  await mkdir(join(root, 'temp'));
});
afterEach(() => rm(root, { recursive: true }));

async function write(path: string, text = 'backend'): Promise<string> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
  return join(root, path);
}

const search = (workingDirectory?: string) => jobWorkspace(env, workingDirectory).findBackends(read);
const files = async () => (await search()).found.map(({ file }) => file);

describe('a backend is found', () => {
  test.each([
    ['in .terraform', 'work/.terraform/terraform.tfstate', '.terraform/terraform.tfstate'],
    [
      'in a folder below',
      'work/live/prod/.terraform/terraform.tfstate',
      'live/prod/.terraform/terraform.tfstate',
    ],
    [
      'under the name that TF_DATA_DIR gave',
      'work/infra/.tfdata/terraform.tfstate',
      'infra/.tfdata/terraform.tfstate',
    ],
    [
      'where Terragrunt puts it',
      'work/a/.terragrunt-cache/x/y/m/.terraform/terraform.tfstate',
      'a/.terragrunt-cache/x/y/m/.terraform/terraform.tfstate',
    ],
  ])('%s, and named from the workspace', async (_, path, file) => {
    await write(path);
    expect(await search()).toEqual({
      found: [expect.objectContaining({ file, backend: 'backend' })],
      unseen: [],
    });
  });

  test('in RUNNER_TEMP and in an absolute TF_DATA_DIR, named in full', async () => {
    const inTemp = await write('temp/x/.terraform/terraform.tfstate');
    const inData = await write('data/terraform.tfstate');
    env['TF_DATA_DIR'] = join(root, 'data');
    expect(await files()).toEqual([inData, inTemp]);
  });

  test('with its time and the workspace that was selected', async () => {
    const file = await write('work/.terraform/terraform.tfstate');
    const environment = await write('work/.terraform/environment', 'prod\n');
    await utimes(file, 1, 2);
    await utimes(environment, 1, 3);
    expect((await search()).found).toEqual([
      {
        file: '.terraform/terraform.tfstate',
        modifiedAt: 2_000,
        backend: 'backend',
        selected: { workspace: 'prod', modifiedAt: 3_000 },
      },
    ]);
  });

  test('once, if the roots overlap, and first in the working directory', async () => {
    await write('work/.terraform/terraform.tfstate');
    await write('work/infra/live/.terraform/terraform.tfstate');
    env['RUNNER_TEMP'] = join(root, 'work', 'infra');
    expect((await search('infra/live')).found.map(({ file }) => file)).toEqual([
      'infra/live/.terraform/terraform.tfstate',
      '.terraform/terraform.tfstate',
    ]);
  });
});

describe('it is not taken for a backend', () => {
  test.each([
    ['a state of the same name', 'work/terraform.tfstate', '{"version":4}'],
    [
      'what is downloaded into .terraform',
      'work/.terraform/modules/m/.terraform/terraform.tfstate',
      'backend',
    ],
    ['what is in .git', 'work/.git/x/terraform.tfstate', 'backend'],
    ['what is in node_modules', 'work/node_modules/m/.terraform/terraform.tfstate', 'backend'],
    ['another file', 'work/.terraform/terraform.tfstate.backup', 'backend'],
  ])('%s', async (_, path, text) => {
    await write(path, text);
    expect(await search()).toEqual({ found: [], unseen: [] });
  });
});

describe('what is not looked at is told', () => {
  test('a root that is not there', async () => {
    await rm(join(root, 'temp'), { recursive: true });
    env['TF_DATA_DIR'] = join(root, 'data');
    expect((await search('infra')).unseen).toEqual([
      { path: 'infra', reason: 'missing' },
      { path: join(root, 'temp'), reason: 'missing' },
    ]);
  });

  test('a link that leads out, whatever it leads to', async () => {
    await write('out/.terraform/terraform.tfstate');
    await symlink(join(root, 'out'), join(root, 'work', 'infra'));
    await mkdir(join(root, 'work', '.terraform'));
    await symlink(
      join(root, 'out', '.terraform', 'terraform.tfstate'),
      join(root, 'work', '.terraform', 'terraform.tfstate'),
    );
    const { found, unseen } = await search('infra');
    expect(found).toEqual([]);
    expect(unseen).toEqual([
      { path: 'infra', reason: 'link' },
      { path: '.terraform/terraform.tfstate', reason: 'link' },
    ]);
  });

  test('a link to a folder beside the workspace, whose name begins as that of the workspace', async () => {
    await mkdir(join(root, 'work-of-another'));
    await symlink(join(root, 'work-of-another'), join(root, 'work', 'infra'));
    expect((await search()).unseen).toEqual([{ path: 'infra', reason: 'link' }]);
  });

  test('a link within is not followed, and hides nothing', async () => {
    await write('work/infra/.terraform/terraform.tfstate');
    await symlink(join(root, 'work'), join(root, 'work', 'infra', 'circle'));
    await symlink(join(root, 'nowhere'), join(root, 'work', 'broken'));
    expect(await search()).toMatchObject({
      found: [{ file: 'infra/.terraform/terraform.tfstate' }],
      unseen: [],
    });
  });

  test('a pipe in the place of a file, which would keep post waiting for ever', async () => {
    await write('work/a/.terraform/terraform.tfstate');
    await mkdir(join(root, 'work', 'b'));
    execFileSync('mkfifo', [
      join(root, 'work', 'a', '.terraform', 'environment'),
      join(root, 'work', 'b', 'terraform.tfstate'),
    ]);
    const { found } = await search();
    expect(found).toEqual([expect.not.objectContaining({ selected: expect.anything() })]);
  });

  test('a folder that cannot be read', async () => {
    env['RUNNER_TEMP'] = await write('temp/file');
    expect((await search()).unseen).toEqual([{ path: env['RUNNER_TEMP'], reason: 'unreadable' }]);
  });

  test('a link in the place of the workspace that was selected', async () => {
    await write('work/.terraform/terraform.tfstate');
    await symlink(await write('secret', 'prod'), join(root, 'work/.terraform/environment'));
    expect((await search()).found).toEqual([expect.not.objectContaining({ selected: expect.anything() })]);
  });

  test('a file of more than a megabyte', async () => {
    await write('work/.terraform/terraform.tfstate', `backend${' '.repeat(1_048_576)}`);
    const { found, unseen } = await search();
    expect(found.map(({ file }) => file)).toEqual([]);
    expect(unseen).toEqual([{ path: '.terraform/terraform.tfstate', reason: 'too-large' }]);
  });

  test('a folder deeper than sixteen', async () => {
    const sixteen = Array.from({ length: 16 }, (_, index) => `d${index + 1}`).join('/');
    await write(`work/${sixteen}/terraform.tfstate`);
    await write(`work/${sixteen}/d17/terraform.tfstate`);
    expect(await search()).toMatchObject({
      found: [{ file: `${sixteen}/terraform.tfstate` }],
      unseen: [{ path: `${sixteen}/d17`, reason: 'too-deep' }],
    });
  });

  test('whatever comes after ten thousand folders, the deepest first to be left out', async () => {
    await write('work/z/z/terraform.tfstate');
    await write('work/z/.terraform/terraform.tfstate');
    for (let index = 0; index < 9_997; index++) mkdirSync(join(root, 'work', 'z', `a${index}`));
    const { found, unseen } = await search();
    expect(found).toMatchObject([{ file: 'z/.terraform/terraform.tfstate' }]);
    expect(unseen).toEqual([{ path: expect.stringMatching(/^z\/|temp$/), reason: 'too-many' }]);
  });
});
