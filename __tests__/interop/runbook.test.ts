import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { expect, test } from '@jest/globals';
import { type InteropServers, startEmbedded } from '../../testing/interop-servers.js';
import { describeWithTools, toolPath } from '../../testing/interop-tools.js';
import type { LockKind } from '../../testing/terraform.js';
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

/** A night: servers of its own, and a shell in the folder with the configuration of their state. */
interface Night extends Scene {
  readonly servers: InteropServers;
  /** Runs commands where Terraform runs. @returns what a person reads; a failure is an error that shows it */
  run(commands: string): Promise<string>;
}

async function atNight(happens: (night: Night) => Promise<void>, lock: LockKind = 'dynamodb'): Promise<void> {
  const servers = await startEmbedded();
  try {
    await servers.s3.createBucket(BACKUPS);
    const scene = await newScene({ servers, program: toolPath('terraform'), lock });
    await happens({ ...scene, servers, run: (commands) => runIn(scene, commands) }).finally(scene.close);
  } finally {
    await servers.close();
  }
}

/** The commands under one heading, from top to bottom. */
function commandsUnder(heading: string): string {
  const [, rest = ''] = PAGE.split(`\n## ${heading}\n`);
  const [section = ''] = rest.split('\n## ');
  return [...section.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, block]) => block).join('');
}

function runIn({ checkout }: Scene, commands: string): Promise<string> {
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
const backUp = ({ run }: Night, flags = '') => run(`lockkeeper backup ${flags}`);

const UNTOUCHED = 'No changes.';

describeWithTools('docs/runbook.md, with Terraform', ['terraform'], () => {
  test.concurrent.each([
    ['dynamodb', 'state data in S3 does not have the expected content'],
    ['lockfile', '2 to add, 0 to change, 0 to destroy'],
  ] as const)('the state is gone, lock %s', (lock, said) =>
    atNight(async (night) => {
      const { servers, run } = night;
      const { bucket, key } = night.place;
      await backUp(night);
      await servers.s3.delete(bucket, key);
      expect(await run('terraform plan || true')).toContain(said);
      const output = await run(commandsUnder('The state is gone'));
      expect(output).toContain('no state');
      expect(output).toContain(UNTOUCHED);
    }, lock),
  );

  test.concurrent('the state went back in time', () =>
    atNight(async (night) => {
      const { servers, run } = night;
      const { bucket, key } = night.place;
      const old = await servers.s3.get(bucket, key);
      await run('terraform apply -auto-approve -var greeting=new');
      await backUp(night);
      await servers.s3.put(bucket, key, old?.body ?? '');
      const output = await run(
        commandsUnder('The state went back in time').replace(
          'terraform plan',
          'terraform plan -var greeting=new',
        ),
      );
      expect(output).toContain('~ terraform_data.greeting');
      expect(output).toContain(UNTOUCHED);
    }));

  test.concurrent('the digest does not match', () =>
    atNight(async (night) => {
      const { servers, run } = night;
      const { bucket, key, table } = night.place;
      await backUp(night);
      await servers.dynamodb.put(table, { LockID: `${bucket}/${key}-md5`, Digest: '0'.repeat(32) });
      const output = await run(commandsUnder('The digest does not match'));
      expect(output).toContain('the digest in DynamoDB is 00000000000000000000000000000000');
      expect(output).toContain(UNTOUCHED);
    }));

  test.concurrent('a workspace is lost', () =>
    atNight(async (night) => {
      const { servers, run } = night;
      const { bucket, key } = night.place;
      await run('terraform workspace new blue; terraform apply -auto-approve');
      await backUp(night);
      await servers.s3.delete(bucket, `env:/blue/${key}`);
      await run('terraform workspace select default');
      expect(await run('terraform workspace list')).not.toContain('blue');
      expect(await run(commandsUnder('A workspace is lost'))).toContain(UNTOUCHED);
    }));

  test.concurrent('a bad apply', () =>
    atNight(async (night) => {
      const { run } = night;
      await backUp(night);
      await run('terraform state rm terraform_data.greeting');
      const commands = commandsUnder('A bad apply');
      const moment = /before:(\S+?)(?=\.\.|$|\s)/m.exec(commands)?.[1] ?? '';
      expect(moment).toMatch(/^2026-/);
      const output = await run(commands.replaceAll(moment, new Date().toISOString()));
      expect(output).toContain('- terraform_data.greeting');
      expect(output).toContain('+ terraform_data.greeting');
      expect(output).toContain(UNTOUCHED);
    }));

  test.concurrent('the bucket is gone', () =>
    atNight(async (night) => {
      const { servers, run } = night;
      const { bucket, key, table } = night.place;
      await backUp(night, `--backup-bucket ${BACKUPS}`);
      for (const each of await servers.s3.keys(bucket)) await servers.s3.delete(bucket, each);
      await servers.dynamodb.delete(table, `${bucket}/${key}-md5`);
      expect(await run(commandsUnder('The bucket is gone'))).toContain(UNTOUCHED);
    }));

  test.concurrent('GitHub is gone, and a dead job has the lock', () =>
    atNight(async (night) => {
      const { servers, place, run } = night;
      const job = await night.newJob();
      await job.main();
      const output = await run(commandsUnder('GitHub is gone'));
      const [command = ''] = /terraform force-unlock \S.*/.exec(output) ?? [];
      await run(command);
      expect(await lockIds(servers, place)).toEqual({});
    }));
});
