import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { BUCKET, type Servers, startServers, TABLE } from '../../testing/environment.js';
import { describeWithTools, toolPath } from '../../testing/interop-tools.js';
import { type Job, startJob } from '../../testing/job.js';
import { stateBody } from '../../testing/test-data.js';

describeWithTools('on the Node that action.yml names', ['node24'], () => {
  let servers: Servers;
  let job: Job | undefined;

  beforeAll(async () => {
    servers = await startServers();
  });
  afterEach(() => job?.close());
  afterAll(() => servers?.close());

  test('it is the one that these tests run on', async () => {
    const manifest = await readFile(fileURLToPath(new URL('../../action.yml', import.meta.url)), 'utf8');
    const { stdout } = await promisify(execFile)(toolPath('node24'), ['--version']);
    const [, major] = /^v(\d+)\./.exec(stdout) ?? [];
    expect(parse(manifest).runs.using).toBe(`node${major}`);
  });

  test.each([
    ['an item', { dynamodb_table: TABLE }],
    ['a lockfile', { use_lockfile: 'true' }],
    ['both', { dynamodb_table: TABLE, use_lockfile: 'true' }],
  ])('a job takes the lock, snapshots and releases: %s', async (name, lock) => {
    const key = `${name.replace(' ', '-')}/terraform.tfstate`;
    const before = servers.s3.putObject(BUCKET, key, Buffer.from(stateBody({ serial: 7 })));
    job = await startJob({ node: toolPath('node24'), inputs: { ...servers.inputs, key, ...lock } });

    const main = await job.main();
    expect(main).toMatchObject({
      exitCode: 0,
      stderr: '',
      errors: [],
      warnings: [],
      outputs: { locked: 'true', lock_path: `${BUCKET}/${key}`, state_serial: '7' },
    });
    const snapshot = servers.s3.getObject(BUCKET, main.outputs['snapshot_key'] ?? '');
    expect(snapshot?.body.equals(before.body)).toBe(true);

    servers.s3.putObject(BUCKET, key, Buffer.from(stateBody({ serial: 8 })));
    const post = await job.post();
    expect(post).toMatchObject({ exitCode: 0, stderr: '', errors: [], warnings: [] });
    expect(post.log).toContain(`Released the lock ${BUCKET}/${key}.`);
    expect(servers.s3.listKeys(BUCKET, `lockkeeper/${BUCKET}/${key}/`)).toHaveLength(2);
    expect(servers.s3.listKeys(BUCKET).filter((key) => key.endsWith('.tflock'))).toEqual([]);
    expect(await servers.dynamodb.scan(TABLE)).toEqual([]);
  });
});
