import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { BUCKET, STATE_PATH, TABLE } from '../../testing/environment.js';
import type { StepResult } from '../../testing/runner.js';
import { inScene, NO_INPUTS, STATE } from './scene.js';

const SECRET_KEY = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const ACCOUNTS = { AKIDBACKENDCONFIG: { secretAccessKey: SECRET_KEY } };

async function put(workspace: string, name: string, text: string): Promise<void> {
  await mkdir(dirname(join(workspace, name)), { recursive: true });
  await writeFile(join(workspace, name), text);
}

/** All that was printed, but for the commands that hide secrets. */
const shownBy = ({ stdout, stderr, summary }: StepResult) =>
  [stdout.replaceAll(/^::add-mask::.*$/gm, ''), stderr, summary].join('\n');

describe('backend_config', () => {
  test.concurrent('of a file and lines is enough to hold the lock, and to release it', () =>
    inScene(
      async ({ putState, startJob, lockRecords, s3Proxy, dynamodbProxy }) => {
        await putState(STATE);
        const job = await startJob('none', {
          inputs: {
            ...NO_INPUTS,
            working_directory: 'infra',
            backend_config: [
              'prod.tfbackend',
              '',
              `"key=${STATE_PATH}"`,
              `endpoints={s3="${s3Proxy.endpoint}",dynamodb="${dynamodbProxy.endpoint}"}`,
              'access_key=AKIDBACKENDCONFIG',
              `secret_key=${SECRET_KEY}`,
              'skip_region_validation=true',
              '',
            ].join('\n'),
          },
        });
        await put(
          job.workspace,
          'infra/prod.tfbackend',
          `bucket = "${BUCKET}"\nkey = "another"\nregion = "us-east-1"\nuse_path_style = true\ndynamodb_table = "${TABLE}"\n`,
        );
        const main = await job.main();
        expect(main).toMatchObject({ exitCode: 0, errors: [], warnings: [] });
        expect(main.masks).toContain(SECRET_KEY);
        expect(shownBy(main)).not.toContain(SECRET_KEY);
        expect(main.stdout.indexOf(`::add-mask::${SECRET_KEY}`)).toBeLessThan(
          main.stdout.indexOf('From the configuration'),
        );
        expect(main.stdout).toContain(
          'From the configuration: bucket (prod.tfbackend:1); key (line 3 of input "backend_config"); region (prod.tfbackend:3); ' +
            'use_path_style (prod.tfbackend:4); dynamodb_table (prod.tfbackend:5); endpoints.s3 (line 4 of input "backend_config"); ' +
            'endpoints.dynamodb (line 4 of input "backend_config"); access_key (line 5 of input "backend_config"); ' +
            'secret_key (line 6 of input "backend_config")\n',
        );
        expect(main.stdout).toContain(
          'Without effect in Lockkeeper: skip_region_validation (line 7 of input "backend_config")',
        );
        expect(main.stdout).toContain('Line 3 of input "backend_config" has what a shell would take off');
        expect(await lockRecords()).toHaveLength(1);

        const post = await job.post();
        expect(post).toMatchObject({ exitCode: 0, errors: [], warnings: [] });
        expect(shownBy(post)).not.toContain(SECRET_KEY);
        expect(await lockRecords()).toEqual([]);
      },
      { accounts: ACCOUNTS },
    ));

  test.concurrent('gives way to an input, which the log says, and warns of a secret in the repository', () =>
    inScene(async ({ putState, startJob, lockRecords }) => {
      await putState(STATE);
      const job = await startJob('dynamodb', { inputs: { backend_config: 'prod.tfbackend' } });
      await put(job.workspace, 'prod.tfbackend', `key = "another"\nsecret_key = "${SECRET_KEY}"\n`);
      const main = await job.main();
      expect(main).toMatchObject({ exitCode: 0, errors: [], warnings: [{ title: 'Secret in a file' }] });
      expect(main.stdout).toContain('key (prod.tfbackend:1), but input "key" wins');
      expect(main.masks).toContain(SECRET_KEY);
      expect(shownBy(main)).not.toContain(SECRET_KEY);
      expect(await lockRecords()).toHaveLength(1);
      expect(await job.post()).toMatchObject({ exitCode: 0, errors: [] });
    }));

  test.concurrent('that is wrong asks for nothing, tells all that is, and shows no secret', () =>
    inScene(async ({ startJob, asked }) => {
      const lines = [
        'missing.tfbackend',
        'broken.tfbackend',
        'buckett=x',
        `secret_key: ${SECRET_KEY}`,
        'insecure=true',
      ];
      const job = await startJob('dynamodb', { inputs: { backend_config: lines.join('\n') } });
      await put(job.workspace, 'broken.tfbackend', `token = "${SECRET_KEY}"\nsecret_key = '${SECRET_KEY}'\n`);
      const main = await job.main();
      expect(main).toMatchObject({ exitCode: 1, errors: [{ title: 'Configuration' }], outputs: {} });
      const problems = main.errors[0]?.message.split('\n').map((line) => line.trim()) ?? [];
      expect(problems).toEqual([
        expect.stringMatching(
          /^The file "missing.tfbackend" of line 1 of input "backend_config" cannot be read; tried "/,
        ),
        expect.stringMatching(
          /^HCL refuses the file at broken.tfbackend:2:14. Single quotes mean nothing in HCL/,
        ),
        '"buckett" in line 3 of input "backend_config" is no attribute of the S3 backend. Did you mean "bucket"?',
        expect.stringMatching(
          /^What follows "secret_key" in line 4 of input "backend_config" must follow "="/,
        ),
        expect.stringMatching(/^"insecure" in line 5 of input "backend_config" is refused\./),
      ]);
      expect(shownBy(main)).not.toContain(SECRET_KEY);
      expect(await job.post()).toMatchObject({ exitCode: 0, stdout: '' });
      expect(asked).toEqual([]);
    }));

  test.concurrent('serves inspect too', () =>
    inScene(async ({ putState, startJob, s3Proxy }) => {
      await putState(STATE);
      const job = await startJob('none', {
        action: 'inspect',
        inputs: {
          ...NO_INPUTS,
          access_key: 'test',
          secret_key: 'test',
          backend_config: 'prod.tfbackend\nkey=x',
        },
      });
      const file = {
        bucket: BUCKET,
        region: 'us-east-1',
        use_path_style: true,
        endpoints: { s3: s3Proxy.endpoint },
      };
      await put(job.workspace, 'prod.tfbackend', 'nonsense');
      expect((await job.main()).errors).toMatchObject([{ title: 'Configuration' }]);
      await put(job.workspace, 'prod.json', JSON.stringify({ ...file, key: STATE_PATH }));
      const again = job.use({ access_key: 'test', secret_key: 'test', backend_config: 'prod.json' });
      const main = await again.main();
      expect(main).toMatchObject({ exitCode: 0, errors: [] });
      expect(main.stdout).toContain('From the configuration: bucket (prod.json:1)');
    }));
});
