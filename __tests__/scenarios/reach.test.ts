import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { issueCertificate } from '../../testing/certificates.js';
import { BUCKET } from '../../testing/environment.js';
import { timeLapse } from '../../testing/time-lapse.js';
import { atAws } from './aws-scene.js';
import { inScene, LOCKING_KINDS, STATE } from './scene.js';

/** Nothing listens there. */
const NOWHERE = 'http://127.0.0.1:9';
const WELL = { exitCode: 0, errors: [], warnings: [] };

describe('FIPS and dual stack lead to the endpoints that AWS has for them', () => {
  const FIPS = { AWS_USE_FIPS_ENDPOINT: 'true' };
  const DUALSTACK = { AWS_USE_DUALSTACK_ENDPOINT: 'true' };

  test.concurrent.each([
    ['FIPS', FIPS, ['dynamodb-fips.us-east-1.amazonaws.com', `${BUCKET}.s3-fips.us-east-1.amazonaws.com`]],
    [
      'dual stack',
      DUALSTACK,
      ['dynamodb.us-east-1.api.aws', `${BUCKET}.s3.dualstack.us-east-1.amazonaws.com`],
    ],
    [
      'both',
      { ...FIPS, ...DUALSTACK },
      ['dynamodb-fips.us-east-1.api.aws', `${BUCKET}.s3-fips.dualstack.us-east-1.amazonaws.com`],
    ],
  ])('%s, in post too', (_, env, hosts) =>
    atAws(async ({ aws, startJob, putState, lockRecords }) => {
      await putState(STATE);
      const job = await startJob('both', { env });
      expect(await job.main()).toMatchObject(WELL);
      job.exportEnv({ AWS_USE_FIPS_ENDPOINT: 'false', AWS_USE_DUALSTACK_ENDPOINT: '' });
      const post = aws.asked.length;
      expect(await job.post()).toMatchObject(WELL);
      expect(await lockRecords()).toEqual([]);
      const expected = hosts.map((host) => `${host}:443`);
      expect([...new Set(aws.asked.slice(0, post))].sort()).toEqual(expected);
      expect([...new Set(aws.asked.slice(post))].sort()).toEqual(expected);
    }),
  );

  test.concurrent('but not where a service has an endpoint of its own, which is told', () =>
    atAws(async ({ aws, startJob, putState }) => {
      await putState(STATE);
      const inputs = { endpoint: 'https://store.example.com', use_path_style: 'true' };
      const job = await startJob('both', { inputs, env: FIPS });
      const main = await job.main();
      expect(main).toMatchObject({ exitCode: 0, errors: [], warnings: [{ title: 'Endpoint as it stands' }] });
      expect(main.log).toContain('AWS: FIPS endpoints');
      expect(await job.post()).toMatchObject(WELL);
      expect([...new Set(aws.asked)].sort()).toEqual([
        'dynamodb-fips.us-east-1.amazonaws.com:443',
        'store.example.com:443',
      ]);
    }));

  test.concurrent('and not together with an endpoint for all services: nothing is asked then', () =>
    atAws(async ({ aws, startJob }) => {
      const job = await startJob('both', { env: { ...FIPS, AWS_ENDPOINT_URL: 'https://all.example.com' } });
      expect(await job.main()).toMatchObject({
        exitCode: 1,
        errors: [{ title: 'Configuration', message: expect.stringContaining('"use_fips_endpoint" is on') }],
      });
      expect(await job.post()).toMatchObject({ exitCode: 0, stdout: '' });
      expect(aws.asked).toEqual([]);
    }));
});

describe('a bundle of authorities', () => {
  const NODE_TRUSTS_NONE = { NODE_EXTRA_CA_CERTS: '' };

  test.concurrent.each(LOCKING_KINDS)('is trusted in main and in post (%s)', (kind) =>
    atAws(async ({ aws, startJob, putState, lockRecords, snapshots }) => {
      await putState(STATE);
      const job = await startJob(kind, { env: { ...NODE_TRUSTS_NONE, AWS_CA_BUNDLE: aws.caFile } });
      const main = await job.main();
      expect(main).toMatchObject(WELL);
      expect(main.log).toContain(`AWS: trusting ${aws.caFile} alone`);
      job.exportEnv({ AWS_CA_BUNDLE: '/gone.pem' });
      expect(await job.post()).toMatchObject(WELL);
      expect(await lockRecords()).toEqual([]);
      expect(snapshots()).toHaveLength(1);
    }),
  );

  test.concurrent('is the attribute of the backend, from the folder of Terraform', () =>
    atAws(async ({ aws, startJob }) => {
      const inputs = {
        working_directory: 'infra',
        backend_config: 'prod.tfbackend',
      };
      const job = await startJob('lockfile', { inputs, env: NODE_TRUSTS_NONE });
      await mkdir(join(job.workspace, 'infra'));
      await writeFile(join(job.workspace, 'infra/prod.tfbackend'), 'custom_ca_bundle = "certs/ca.pem"\n');
      await mkdir(join(job.workspace, 'infra/certs'));
      await writeFile(join(job.workspace, 'infra/certs/ca.pem'), await readFile(aws.caFile));
      expect(await job.main()).toMatchObject({ exitCode: 0, errors: [] });
      expect(await job.post()).toMatchObject({ exitCode: 0, errors: [] });
    }));

  test.concurrent('takes the place of what Node.js trusts', () =>
    atAws(async ({ startJob, lockRecords }) => {
      const job = await startJob('lockfile', {
        inputs: { max_retries: '1', lock_timeout: '0s' },
        env: { AWS_CA_BUNDLE: 'other.pem', ...timeLapse() },
      });
      await writeFile(join(job.workspace, 'other.pem'), (await issueCertificate(['x'])).ca);
      expect((await job.main()).errors).toMatchObject([
        {
          title: 'S3 unreachable',
          message: expect.stringContaining('unable to verify the first certificate'),
        },
      ]);
      expect(await lockRecords()).toEqual([]);
    }));

  test.concurrent('that is gone in post is told, and the lock is freed where Node.js trusts the store', () =>
    atAws(async ({ aws, startJob, putState, lockRecords }) => {
      await putState(STATE);
      const job = await startJob('both', { env: { AWS_CA_BUNDLE: 'ca.pem' } });
      const path = join(job.workspace, 'ca.pem');
      await writeFile(path, await readFile(aws.caFile));
      expect(await job.main()).toMatchObject(WELL);
      await rm(path);
      const post = await job.post();
      expect(post).toMatchObject(WELL);
      expect(post.log).toContain(
        `The certificates in ${path}, which the main step trusted, cannot be read any more. This step trusts those of Node.js instead.`,
      );
      expect(await lockRecords()).toEqual([]);
    }));

  test.concurrent('that cannot be read is refused before anything is asked', () =>
    atAws(async ({ aws, startJob }) => {
      const job = await startJob('both', { env: { AWS_CA_BUNDLE: '/gone.pem' } });
      expect((await job.main()).errors).toEqual([
        {
          title: 'Configuration',
          message:
            'Environment variable "AWS_CA_BUNDLE" must be a file of certificates that can be read; got "/gone.pem".',
        },
      ]);
      expect(aws.asked).toEqual([]);
    }));
});

describe('a proxy of the backend', () => {
  test.concurrent('goes before that of the environment, in post too, and its login is shown nowhere', () =>
    atAws(
      async ({ aws, startJob, putState, lockRecords }) => {
        await putState(STATE);
        const proxy = aws.endpoint.replace('//', '//ada:hunter2@');
        const job = await startJob('both', {
          inputs: { backend_config: `https_proxy=${proxy}` },
          env: { HTTPS_PROXY: NOWHERE },
        });
        const main = await job.main();
        const post = await job.post();
        for (const step of [main, post]) {
          expect(step).toMatchObject(WELL);
          expect(step.masks).toEqual(expect.arrayContaining(['ada', 'hunter2']));
          const lines = step.stdout.split('\n').filter((line) => !line.startsWith('::add-mask::'));
          // The runner prints no more of the inputs than the workflow has.
          expect([...lines, step.stderr, step.summary].join('\n')).not.toContain('hunter2');
        }
        expect(await lockRecords()).toEqual([]);
      },
      { login: 'ada:hunter2' },
    ));

  test.concurrent('for http:// serves https:// too where nobody says otherwise, with a warning', () =>
    atAws(async ({ aws, startJob, putState }) => {
      await putState(STATE);
      const inputs = { backend_config: `http_proxy=${aws.endpoint}` };
      const job = await startJob('both', { inputs, env: { HTTPS_PROXY: '' } });
      expect(await job.main()).toMatchObject({ exitCode: 0, warnings: [{ title: 'Proxy for https' }] });
      expect(await job.post()).toMatchObject(WELL);
      expect(aws.asked).not.toEqual([]);
    }));

  test.concurrent('is none where it is empty, whatever the environment says', () =>
    inScene(async ({ startJob, inputs }) => {
      // An address that is no loopback address, so that a proxy would be asked.
      const elsewhere = { endpoint: inputs['endpoint']?.replace('127.0.0.1', '0.0.0.0') ?? '' };
      const job = await startJob('lockfile', {
        inputs: { ...elsewhere, backend_config: 'http_proxy=' },
        env: { HTTP_PROXY: NOWHERE },
      });
      expect(await job.main()).toMatchObject({ exitCode: 0, errors: [] });
      expect(await job.post()).toMatchObject({ exitCode: 0, errors: [] });
    }));
});

describe('the shared configuration', () => {
  test.concurrent('leads to its endpoints, also in post, when it says something else', () =>
    inScene(async ({ inputs, startJob, putState, lockRecords }) => {
      await putState(STATE);
      const job = await startJob('both', {
        inputs: { endpoint: '', dynamodb_endpoint: '' },
        env: { AWS_CONFIG_FILE: 'aws-config', AWS_PROFILE: 'prod' },
      });
      const file = join(job.workspace, 'aws-config');
      await writeFile(
        file,
        `[profile prod]\nendpoint_url = ${NOWHERE}\nservices = ours\n[services ours]\n` +
          `s3 =\n  endpoint_url = ${inputs['endpoint']}\ndynamodb =\n  endpoint_url = ${inputs['dynamodb_endpoint']}\n`,
      );
      const main = await job.main();
      expect(main).toMatchObject(WELL);
      expect(main.log).toContain(`at ${inputs['endpoint']}`);
      expect(main.log).toContain(
        'From the shared configuration of AWS: "endpoint_url" of s3 in the services of profile "prod"; ' +
          '"endpoint_url" of dynamodb in the services of profile "prod"',
      );
      await writeFile(file, `[profile prod]\nendpoint_url = ${NOWHERE}\n`);
      expect(await job.post()).toMatchObject(WELL);
      expect(await lockRecords()).toEqual([]);
    }));

  test.concurrent('is passed by where the environment says that its endpoints are to be ignored', () =>
    atAws(async ({ aws, startJob }) => {
      const env = {
        AWS_CONFIG_FILE: 'aws-config',
        AWS_ENDPOINT_URL: NOWHERE,
        AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true',
      };
      const job = await startJob('lockfile', { env });
      await writeFile(join(job.workspace, 'aws-config'), `[default]\nendpoint_url = ${NOWHERE}\n`);
      expect(await job.main()).toMatchObject({ exitCode: 0, errors: [] });
      expect(await job.post()).toMatchObject({ exitCode: 0, errors: [] });
      expect([...new Set(aws.asked)]).toEqual([`${BUCKET}.s3.us-east-1.amazonaws.com:443`]);
    }));
});
