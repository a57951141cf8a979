import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { inScene } from './scene.js';

const KEYLESS = { access_key: '', secret_key: '' };

describe('main asks for nothing', () => {
  test.concurrent('without credentials, and says where it looked', () =>
    inScene(async ({ startJob, asked }) => {
      const job = await startJob('both', { inputs: KEYLESS });
      const main = await job.main();
      expect(main).toMatchObject({ exitCode: 1, errors: [{ title: 'No credentials' }] });
      const message = main.errors[0]?.message ?? '';
      expect(message).toMatch(/^No AWS credentials were found in the environment \(AWS_ACCESS_KEY_ID/);
      for (const place of ['web identity', 'shared configuration files', 'container', 'instance metadata']) {
        expect(message).toContain(place);
      }
      expect(message).toContain('aws-actions/configure-aws-credentials');
      expect(await job.post()).toMatchObject({ exitCode: 0, stdout: '' });
      expect(asked).toEqual([]);
    }));

  test.concurrent('without a profile of that name', () =>
    inScene(async ({ startJob, asked }) => {
      const job = await startJob('dynamodb', { inputs: { ...KEYLESS, profile: 'deploy' } });
      const { errors } = await job.main();
      expect(errors).toMatchObject([{ title: 'No credentials' }]);
      expect(errors[0]?.message).toContain('No AWS credentials were found in profile "deploy"');
      await job.post();
      expect(asked).toEqual([]);
    }));

  test.concurrent('when post could not be started with what it needs', () =>
    inScene(async ({ startJob, asked }) => {
      const job = await startJob('both', { inputs: { backend_config: 'long.hcl' } });
      const paths = Array.from(
        { length: 3_000 },
        (_, index) => `"/none/of/the/many/files/of/this/machine/${index}"`,
      );
      await writeFile(join(job.workspace, 'long.hcl'), `shared_config_files = [${paths.join(', ')}]\n`);
      const { errors } = await job.main();
      expect(errors).toMatchObject([{ title: 'Configuration' }]);
      expect(errors[0]?.message).toMatch(/^What this step has to hand to its post step is \d+ bytes long/);
      expect(await job.post()).toMatchObject({ exitCode: 0, stdout: '' });
      expect(asked).toEqual([]);
    }));

  test.concurrent('when the configuration is wrong, and tells all that is', () =>
    inScene(async ({ startJob, asked }) => {
      const inputs = {
        bucket: '',
        key: '/terraform.tfstate',
        region: 'US EAST',
        lock_timeout: 'ten',
        use_lockfile: 'yes',
        backup: 'sometimes',
        kms_key_id: 'key',
        acl: 'everybody',
        max_retries: '-1',
        secret_key: 'two words',
      };
      const job = await startJob('both', { inputs });
      const main = await job.main();
      expect(main).toMatchObject({ exitCode: 1, errors: [{ title: 'Configuration' }], outputs: {}, env: {} });
      const problems = main.errors[0]?.message.split('\n').map((line) => line.trim()) ?? [];
      expect(problems).toContainEqual(
        expect.stringMatching(/^The workspace is empty: .* Else give the input "bucket"\.$/),
      );
      expect(problems).toContain('Input "lock_timeout" must be a duration such as 90s or 10m; got "ten".');
      expect(problems).toHaveLength(Object.keys(inputs).length);
      for (const name of Object.keys(inputs)) {
        expect(problems.filter((problem) => isAbout(name, problem))).toHaveLength(1);
      }
      expect(main.stdout.replace('::add-mask::two words', '')).not.toContain('two words');
      expect(await job.post()).toMatchObject({ exitCode: 0, stdout: '' });
      expect(asked).toEqual([]);
    }));
});

/** What is missing is told by what was forgotten. */
const isAbout = (name: string, problem: string) =>
  problem.startsWith(`Input "${name}" `) || problem.endsWith(`Else give the input "${name}".`);
