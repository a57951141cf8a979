import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { type CommandResult, runCommand, startCommand } from '../../testing/command.js';
import { BUCKET, STATE_PATH, TABLE } from '../../testing/environment.js';
import type { StoredObject } from '../../testing/s3-double/index.js';
import { stateBody, THEIR_ID } from '../../testing/test-data.js';
import { putVersions } from './restore-scene.js';
import { inScene, type Kind, LOCK_PATH, LOCKING_KINDS, PREFIX, type Scene, STATE } from './scene.js';

/** Flags that lead to the servers of a scene. */
function placesOf({ s3Proxy, dynamodbProxy }: Scene, kind: Kind = 'dynamodb'): string[] {
  return [
    ...['--region', 'us-east-1', '--use-path-style'],
    ...(kind === 'lockfile' ? [] : ['--dynamodb-table', TABLE]),
    ...(kind === 'dynamodb' ? [] : ['--use-lockfile']),
    ...['--endpoint', s3Proxy.endpoint, '--dynamodb-endpoint', dynamodbProxy.endpoint],
  ];
}

const stateOf = (scene: Scene, kind?: Kind) => [
  ...['--bucket', BUCKET, '--key', STATE_PATH],
  ...placesOf(scene, kind),
];

const serialIn = ({ s3 }: Scene) => JSON.parse(String(s3.getObject(BUCKET, STATE_PATH)?.body)).serial;

/** Of the SDK, whose say on old versions of Node.js is none of ours. */
const withoutNotices = ({ stderr }: CommandResult) =>
  stderr.replaceAll(/\(node:\d+\)[\s\S]*?\n\n?(?=\S|$)/g, '');

describe('inspect', () => {
  test.concurrent('tells in a terminal what the action tells in a summary', () =>
    inScene(async (scene) => {
      await scene.putState(stateBody({ serial: 7, values: { stays: 'a', goes: 'b' } }));
      await (await scene.startJob('dynamodb')).main();
      await scene.dynamodb.deleteItem(TABLE, { LockID: LOCK_PATH });
      await scene.putState(stateBody({ serial: 8, values: { stays: 'a', comes: 'c' } }));
      await scene.holdByOther('dynamodb');
      const secret = Buffer.alloc(32, 'secret').toString('base64');
      const env = { AWS_SSE_CUSTOMER_KEY: secret };
      const result = await runCommand(['inspect', ...stateOf(scene), '--compare', 'latest..current'], {
        env,
      });
      expect(result).toMatchObject({ exitCode: 0 });
      expect(result.stdout).toContain(`🔒 ${STATE_PATH} · locked · serial 8`);
      expect(result.stdout).toMatch(/^Held by\s+ada@laptop$/m);
      expect(result.stdout).toMatch(/^Snapshot of serial {2}Written\s+Size$/m);
      expect(result.stdout).toMatch(/^7\s+\d+ m?s ago\s+1\.4 kB$/m);
      expect(result.stdout).toContain('  + terraform_data.comes\n  - terraform_data.goes\n');
      expect(result.stdout).toContain(`terraform force-unlock -force ${THEIR_ID}`);
      // Who reads it in a pipe gets no colours, and no runner is spoken to.
      const all = result.stdout + result.stderr;
      for (const text of ['\u001b', '::', secret]) expect(all).not.toContain(text);
    }));

  test.concurrent('--json is one JSON value, and all else stands aside', () =>
    inScene(async (scene) => {
      await scene.putState(STATE);
      const result = await runCommand(['inspect', ...stateOf(scene), '--json']);
      expect(result).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('not locked · serial 7') });
      expect(JSON.parse(result.stdout)).toMatchObject({ lock: null, state: { serial: 7, key: STATE_PATH } });
      expect(result.stdout.trim().split('\n')).toHaveLength(1);
    }));

  test.concurrent('finds the backend of the folder, and what was initialised there whenever that was', () =>
    inScene(async (scene) => {
      await scene.putState(STATE);
      const folder = await mkdtemp(join(tmpdir(), 'lockkeeper-root-'));
      try {
        const block = `terraform {\n  backend "s3" {\n    bucket = "${BUCKET}"\n    key = "${STATE_PATH}"\n  }\n}\n`;
        await writeFile(join(folder, 'main.tf'), block);
        for (const where of [[], ['--working-directory', folder]]) {
          const options = where.length > 0 ? {} : { folder };
          const result = await runCommand(['inspect', ...placesOf(scene), ...where], options);
          expect(result).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('serial 7') });
        }
      } finally {
        await rm(folder, { recursive: true });
      }
    }));

  test.concurrent('what cannot be looked at is an error, once all else is told: status 1', () =>
    inScene(async (scene) => {
      await scene.putState(STATE);
      scene.s3.settings.deny = [{ action: 's3:ListBucket' }];
      const result = await runCommand(['inspect', ...stateOf(scene), '--json']);
      expect(result.exitCode).toBe(1);
      expect(withoutNotices(result)).toContain(
        'Error: Access denied: The permission s3:ListBucket on arn:aws:s3:::state is missing.',
      );
      expect(JSON.parse(result.stdout)).not.toHaveProperty('snapshots');
    }));

  test.concurrent('Ctrl-C ends it, and nothing is told as if it were known: status 1', () =>
    inScene(async (scene) => {
      await scene.putState(STATE);
      const home = await mkdtemp(join(tmpdir(), 'lockkeeper-command-'));
      try {
        scene.onRequest('GET state', async () => {}, { times: 9 });
        const command = startCommand(['inspect', ...stateOf(scene)], {}, home);
        await Promise.race([scene.waitForRequest('GET state'), command.result]);
        command.child.kill('SIGINT');
        const result = await command.result;
        expect(result).toMatchObject({ exitCode: 1, stdout: '' });
        expect(result.stderr).toContain('Stopping: what was taken is given back first.');
        expect(result.stderr).toContain('Error: Cancelled: ');
      } finally {
        await rm(home, { recursive: true });
      }
    }));
});

describe('restore', () => {
  test.concurrent('says what it will do, and without a terminal does nothing unless --yes', () =>
    inScene(async (scene) => {
      await putVersions(scene);
      const result = await runCommand(['restore', ...stateOf(scene), '--snapshot', 'serial:1']);
      expect(result).toMatchObject({ exitCode: 1, stdout: '' });
      expect(result.stderr).toContain('  - terraform_data.young\n');
      expect(result.stderr).toMatch(/Error: Not confirmed: Nothing was done: this would put .* --yes/);
      expect(serialIn(scene)).toBe(3);
      expect(scene.asked.filter((request) => /^(PUT|PutItem|DELETE)/.test(request))).toEqual([]);
    }));

  test.concurrent.each(LOCKING_KINDS)(
    '--yes puts the snapshot back, under a lock without a job: %s',
    (kind) =>
      inScene(async (scene) => {
        const { v1 } = await putVersions(scene);
        const holders: string[] = [];
        scene.onRequest('PUT state', async ({ forward, answer }) => {
          for (const { Holder } of await scene.dynamodb.scan(TABLE)) if (Holder) holders.push(Holder);
          answer(await forward());
        });
        const args = ['restore', ...stateOf(scene, kind), '--snapshot', 'serial:1', '--yes', '--json'];
        const result = await runCommand(args);
        expect(result).toMatchObject({ exitCode: 0 });
        expect(JSON.parse(result.stdout)).toMatchObject({
          restored: 'true',
          snapshot_key: v1,
          serial_before: '3',
          serial_after: '4',
        });
        expect(serialIn(scene)).toBe(4);
        expect(holders).toEqual([]);
        expect(await scene.lockRecords()).toEqual([]);
        // Who kills it finds in what it printed first how to free its lock, and by what to complete the restore.
        const [, id] = /^Asking for the lock .*, ID ([0-9a-f-]{36})\.$/m.exec(result.stderr) ?? [];
        expect(result.stderr).toContain(`terraform force-unlock -force ${id}`);
        expect(result.stderr).toContain(`complete the restore with --snapshot ${v1}.`);
      }),
  );

  test.concurrent('--dry-run asks nothing and changes nothing', () =>
    inScene(async (scene) => {
      await putVersions(scene);
      const result = await runCommand(['restore', ...stateOf(scene), '--snapshot=serial:1', '--dry-run']);
      expect(result).toMatchObject({ exitCode: 0 });
      expect(result.stdout).toContain('dry run, serial 3 → 4');
      expect(serialIn(scene)).toBe(3);
    }));

  test.concurrent('Ctrl-C while it waits for the lock leaves that of somebody else, and nothing of its own', () =>
    inScene(async (scene) => {
      await putVersions(scene);
      await scene.holdByOther('dynamodb');
      const records = await scene.lockRecords();
      const home = await mkdtemp(join(tmpdir(), 'lockkeeper-command-'));
      try {
        const args = ['restore', ...stateOf(scene), '--snapshot', 'serial:1', '--yes'];
        const command = startCommand(args, {}, home);
        await command.waitForStderr('ada@laptop');
        command.child.kill('SIGINT');
        expect(await command.result).toMatchObject({ exitCode: 1, stdout: '' });
        expect(await scene.lockRecords()).toEqual(records);
        expect(serialIn(scene)).toBe(3);
      } finally {
        await rm(home, { recursive: true });
      }
    }));

  test.concurrent('Ctrl-C while it has the lock frees it', () =>
    inScene(async (scene) => {
      await putVersions(scene);
      const home = await mkdtemp(join(tmpdir(), 'lockkeeper-command-'));
      try {
        // The first look is before the question, the second under the lock.
        scene.onRequest('GET state', async () => {}, { nth: 2, times: 9 });
        const args = ['restore', ...stateOf(scene), '--snapshot', 'serial:1', '--yes'];
        const command = startCommand(args, {}, home);
        await Promise.race([scene.waitForRequest('GET state', 2), command.result]);
        expect(await scene.lockRecords()).toHaveLength(1);
        command.child.kill('SIGINT');
        expect(await command.result).toMatchObject({ exitCode: 1, stdout: '' });
        expect(await scene.lockRecords()).toEqual([]);
        expect(serialIn(scene)).toBe(3);
      } finally {
        await rm(home, { recursive: true });
      }
    }));
});

describe('backup', () => {
  const placesIn = (scene: Scene) => ['--bucket', BUCKET, ...placesOf(scene), '--keys', STATE_PATH];

  test.concurrent('copies what has changed, and asks nothing', () =>
    inScene(async (scene) => {
      await scene.putState(STATE);
      const result = await runCommand(['backup', ...placesIn(scene), '--json']);
      expect(result).toMatchObject({ exitCode: 0 });
      expect(JSON.parse(result.stdout)).toMatchObject({ states: '1', copied: '1', failed: '0' });
      expect(scene.s3.listKeys(BUCKET, `${PREFIX}${LOCK_PATH}/`)).toHaveLength(1);
    }));

  test.concurrent('that removes snapshots does nothing unless a person agrees', () =>
    inScene(async (scene) => {
      await putVersions(scene);
      const before = scene.s3.listKeys(BUCKET, PREFIX);
      const refused = await runCommand(['backup', ...placesIn(scene), '--keep-last', '1']);
      expect(refused).toMatchObject({ exitCode: 1, stdout: '' });
      expect(refused.stderr).toContain(
        'this would remove the snapshots of state in s3://state/lockkeeper/ that no rule keeps',
      );
      expect(scene.s3.listKeys(BUCKET, PREFIX)).toEqual(before);
      const agreed = await runCommand(['backup', ...placesIn(scene), '--keep-last', '1', '--yes']);
      expect(agreed).toMatchObject({ exitCode: 0 });
      expect(scene.s3.listKeys(BUCKET, `${PREFIX}${LOCK_PATH}/`).length).toBeLessThan(before.length);
    }));
});

describe('verify', () => {
  test.concurrent('is red on a snapshot that is not what was recorded of it: status 1', () =>
    inScene(async (scene) => {
      const { v3 } = await putVersions(scene);
      const args = ['verify', '--bucket', BUCKET, ...placesOf(scene), '--keys', STATE_PATH, '--json'];
      expect(await runCommand(args)).toMatchObject({ exitCode: 0 });
      const { metadata } = scene.s3.getObject(BUCKET, v3) as StoredObject;
      scene.s3.putObject(BUCKET, v3, 'altered', { metadata });
      const result = await runCommand(args);
      expect(result).toMatchObject({ exitCode: 1, stderr: expect.stringContaining(STATE_PATH) });
      expect(() => JSON.parse(result.stdout)).not.toThrow();
    }));
});

describe('what is wrong is told before anything is asked: status 2', () => {
  test.concurrent('a flag that there is not, with the nearest', async () => {
    const result = await runCommand(['inspect', '--bukcet', 'b']);
    expect(result).toEqual({
      exitCode: 2,
      stdout: '',
      stderr:
        'Error: "inspect" has no flag "--bukcet". Did you mean --bucket?\nSee "lockkeeper inspect --help".\n',
    });
  });
  test.concurrent('a secret as a flag, which is not repeated', async () => {
    const result = await runCommand(['inspect', '--secret-key', 'hunter2']);
    expect(result.exitCode).toBe(2);
    expect(result.stderr).toContain('set the environment variable AWS_SECRET_ACCESS_KEY');
    expect(result.stdout + result.stderr).not.toContain('hunter2');
  });
  test.concurrent('values, by their flags, all at once', () =>
    inScene(async (scene) => {
      const bad = ['--lock-scope', 'all', '--compare', 'latest', '--snapshots=0', '--use-lockfile=maybe'];
      const result = await runCommand(['inspect', ...stateOf(scene), ...bad]);
      expect(result).toMatchObject({ exitCode: 2, stdout: '' });
      for (const flag of ['--lock-scope', '--compare', '--snapshots', '--use-lockfile'])
        expect(result.stderr).toContain(`${flag} must be `);
      expect(result.stderr).not.toMatch(/[Ii]nput "/);
      expect(scene.asked).toEqual([]);
    }));
  test.concurrent('inputs of a job that the machine has in its environment do not count', () =>
    inScene(async (scene) => {
      await scene.putState(STATE);
      const env = { INPUT_KEY: 'another.tfstate', GITHUB_WORKSPACE: '/nowhere', GITHUB_RUN_ID: '1' };
      const result = await runCommand(['inspect', ...stateOf(scene), '--json'], { env });
      expect(JSON.parse(result.stdout)).toMatchObject({ state: { key: STATE_PATH, serial: 7 } });
    }));
});

describe('without credentials', () => {
  test.concurrent('the way out is none of a workflow', () =>
    inScene(async (scene) => {
      const env = { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' };
      const result = await runCommand(['inspect', ...stateOf(scene)], { env });
      expect(result).toMatchObject({ exitCode: 1, stdout: '' });
      expect(result.stderr).toContain('Error: No credentials: No AWS credentials were found in ');
      expect(result.stderr).toContain('aws sso login');
    }));
});

describe('help', () => {
  test.concurrent.each([
    [['--help'], 'Commands:\n  inspect\n'],
    [['inspect', '--help'], '  --lock-scope <state|pipeline>\n'],
    [['--version'], '1.0.0\n'],
  ])('%j goes to standard output: status 0', async (args, text) => {
    const result = await runCommand(args);
    expect(result).toEqual({ exitCode: 0, stdout: expect.stringContaining(text), stderr: '' });
  });
});
