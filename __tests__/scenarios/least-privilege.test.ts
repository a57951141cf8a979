import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { BUCKET } from '../../testing/environment.js';
import { answerInstead, dynamodbError } from '../../testing/faults.js';
import { allows, type Statement } from '../../testing/iam-policy.js';
import type { Permission } from '../../testing/s3-double/index.js';
import { stateBody } from '../../testing/test-data.js';
import { inScene, type Kind } from './scene.js';

/** The whole policy under a heading of docs/iam.md, with the bucket of these tests for the one of the page. */
function policyUnder(heading: string): readonly Statement[] {
  const page = readFileSync('docs/iam.md', 'utf8');
  const section = page.slice(page.indexOf(`\n## ${heading}\n`));
  const json = /```json\n(.*?)```/s.exec(section)?.[1] ?? '';
  return JSON.parse(json.replaceAll('terraform-state-prod', BUCKET)).Statement;
}

const allowsOnS3 = (policy: readonly Statement[], { action, resource }: Permission): boolean =>
  allows(policy, { action, resource: `arn:aws:s3:::${resource}` });

describe('the least policy of docs/iam.md is enough for a whole job', () => {
  test.concurrent.each<[heading: string, kind: Kind]>([
    ['DynamoDB lock', 'dynamodb'],
    ['Lockfile', 'lockfile'],
    ['Both', 'both'],
    ['No lock', 'none'],
  ])('%s', (heading, kind) =>
    inScene(async (scene) => {
      const policy = policyUnder(heading);
      const actions = policy.flatMap(({ Action }) => Action);
      scene.s3.settings.deny = (permission) => !allowsOnS3(policy, permission);
      scene.dynamodbProxy.addRule({
        match: ({ operation }) => !actions.includes(`dynamodb:${operation}`),
        action: answerInstead(dynamodbError('AccessDeniedException', 'Not in the policy.')),
      });
      await scene.putState(stateBody({ values: { kept: 'a' } }));

      const job = await scene.startJob(kind);
      expect(await job.main()).toMatchObject({ exitCode: 0, errors: [], outputs: { state_exists: 'true' } });
      await scene.putState(stateBody({ serial: 8, values: { kept: 'a', made: 'b' } }));
      const post = await job.post();
      expect(post).toMatchObject({ exitCode: 0, errors: [], warnings: [] });
      expect(post.summary).toContain('1 added');
      expect(await scene.lockRecords()).toEqual([]);
      expect(scene.snapshots()).toHaveLength(2);
    }),
  );

  test.concurrent('and where there is no state yet', () =>
    inScene(async (scene) => {
      const policy = policyUnder('Lockfile');
      scene.s3.settings.deny = (permission) => !allowsOnS3(policy, permission);
      const job = await scene.startJob('lockfile');
      expect(await job.main()).toMatchObject({ exitCode: 0, errors: [], outputs: { state_exists: 'false' } });
      expect(await job.post()).toMatchObject({ exitCode: 0, errors: [], warnings: [] });
    }));
});
