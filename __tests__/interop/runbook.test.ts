import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { type InteropServers, startEmbedded } from '../../testing/interop-servers.js';
import { describeWithTools, toolPath } from '../../testing/interop-tools.js';
import { newScene, type Scene } from './client-scene.js';
import { lockIds } from './lock-records.js';

const PAGE = readFileSync('docs/runbook.md', 'utf8');
const BACKUPS = 'acme-state-backups';
/** With what a person types at a restore's question. */
const LOCKKEEPER = `lockkeeper() {
  local yes=()
  [[ "$1" == restore && "$*" != *--dry-run* ]] && yes=(--yes)
  node ${resolve('dist/cli/index.js')} "$@" "\${yes[@]}"
}`;

let servers: InteropServers;
let scene: Scene;

/** The commands under one heading, from top to bottom. */
function commandsUnder(heading: string): string {
  const [, rest = ''] = PAGE.split(`\n## ${heading}\n`);
  const [section = ''] = rest.split('\n## ');
  return [...section.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, block]) => block).join('');
}

/** Runs them where Terraform runs. @returns what a person reads; a command that fails is an error that shows it */
function run(commands: string): Promise<string> {
  const { checkout } = scene;
  const path = `${dirname(toolPath('terraform'))}:${process.env['PATH']}`;
  const script = `set -euo pipefail\nexec 2>&1\n${LOCKKEEPER}\n${commands}`;
  return new Promise((done, failed) => {
    execFile(
      'bash',
      ['-c', script],
      { cwd: checkout.path, env: { PATH: path, ...checkout.environment } },
      (error, stdout) => (error ? failed(new Error(`${error.message}\n${stdout}`)) : done(stdout)),
    );
  });
}

/** As a schedule would have done before the night. */
const backUp = (flags = '') => run(`lockkeeper backup ${flags}`);

const UNTOUCHED = 'No changes.';

describeWithTools('docs/runbook.md, with Terraform', ['terraform'], () => {
  beforeAll(async () => {
    servers = await startEmbedded();
    await servers.s3.createBucket(BACKUPS);
  });
  afterAll(() => servers?.close());
  beforeEach(async () => {
    scene = await newScene({ servers, program: toolPath('terraform'), lock: 'dynamodb' });
  });
  afterEach(async () => {
    await scene?.close();
  });

  test.each([
    ['dynamodb', 'state data in S3 does not have the expected content'],
    ['lockfile', '2 to add, 0 to change, 0 to destroy'],
  ] as const)('the state is gone, lock %s', async (lock, said) => {
    await scene.close();
    scene = await newScene({ servers, program: toolPath('terraform'), lock });
    const { bucket, key } = scene.place;
    await backUp();
    await servers.s3.delete(bucket, key);
    expect(await run('terraform plan || true')).toContain(said);
    const output = await run(commandsUnder('The state is gone'));
    expect(output).toContain('no state');
    expect(output).toContain(UNTOUCHED);
  });

  test('the state went back in time', async () => {
    const { bucket, key } = scene.place;
    const old = await servers.s3.get(bucket, key);
    await run('terraform apply -auto-approve -var greeting=new');
    await backUp();
    await servers.s3.put(bucket, key, old?.body ?? '');
    const output = await run(
      commandsUnder('The state went back in time').replace(
        'terraform plan',
        'terraform plan -var greeting=new',
      ),
    );
    expect(output).toContain('~ terraform_data.greeting');
    expect(output).toContain(UNTOUCHED);
  });

  test('the digest does not match', async () => {
    const { bucket, key, table } = scene.place;
    await backUp();
    await servers.dynamodb.put(table, { LockID: `${bucket}/${key}-md5`, Digest: '0'.repeat(32) });
    const output = await run(commandsUnder('The digest does not match'));
    expect(output).toContain('the digest in DynamoDB is 00000000000000000000000000000000');
    expect(output).toContain(UNTOUCHED);
  });

  test('a workspace is lost', async () => {
    const { bucket, key } = scene.place;
    await run('terraform workspace new blue; terraform apply -auto-approve');
    await backUp();
    await servers.s3.delete(bucket, `env:/blue/${key}`);
    await run('terraform workspace select default');
    expect(await run('terraform workspace list')).not.toContain('blue');
    expect(await run(commandsUnder('A workspace is lost'))).toContain(UNTOUCHED);
  });

  test('a bad apply', async () => {
    await backUp();
    await run('terraform state rm terraform_data.greeting');
    const commands = commandsUnder('A bad apply');
    const moment = /before:(\S+?)(?=\.\.|$|\s)/m.exec(commands)?.[1] ?? '';
    expect(moment).toMatch(/^2026-/);
    const output = await run(commands.replaceAll(moment, new Date().toISOString()));
    expect(output).toContain('- terraform_data.greeting');
    expect(output).toContain('+ terraform_data.greeting');
    expect(output).toContain(UNTOUCHED);
  });

  test('the bucket is gone', async () => {
    const { bucket, key, table } = scene.place;
    await backUp(`--backup-bucket ${BACKUPS}`);
    for (const each of await servers.s3.keys(bucket)) await servers.s3.delete(bucket, each);
    await servers.dynamodb.delete(table, `${bucket}/${key}-md5`);
    expect(await run(commandsUnder('The bucket is gone'))).toContain(UNTOUCHED);
  });

  test('GitHub is gone, and a dead job has the lock', async () => {
    const job = await scene.newJob();
    await job.main();
    const output = await run(commandsUnder('GitHub is gone'));
    const [command = ''] = /terraform force-unlock \S.*/.exec(output) ?? [];
    await run(command);
    expect(await lockIds(servers, scene.place)).toEqual({});
  });
});
