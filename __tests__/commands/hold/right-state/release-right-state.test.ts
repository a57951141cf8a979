import { describe, expect, test } from '@jest/globals';
import { renderMarkdown } from '../../../../src/actions/markdown.js';
import { acquire } from '../../../../src/commands/hold/acquire.js';
import { release } from '../../../../src/commands/hold/release.js';
import type { Workspace } from '../../../../src/job/workspace.js';
import { heldVariable } from '../../../../src/names/held-variable.js';
import { commandScene } from '../../../../testing/command-scene.js';
import { START } from '../../../../testing/fake-clock.js';
import { BUCKET, STATE_PATH, stateBody, THEIR_ID, testSettings } from '../../../../testing/test-data.js';

/** What `terraform init` leaves for a backend with this key. */
const recorded = (key: string, lock: object) =>
  JSON.stringify({ version: 3, backend: { type: 's3', config: { bucket: BUCKET, key, ...lock } } });

/** A workspace in which a step has initialised that backend. */
function initialisedFor(
  key: string,
  { modifiedAt = START, lock = { dynamodb_table: 'locks' } as object } = {},
): Workspace {
  return {
    findBackends: async (read) => {
      const backend = read(recorded(key, lock));
      if (!backend) throw new Error('The parser does not know what init leaves.');
      return { found: [{ file: '.terraform/terraform.tfstate', modifiedAt, backend }], unseen: [] };
    },
  };
}

/** Runs post after a job of an hour. */
async function postIn(workspace: Workspace, { settings = testSettings(), environment = {} } = {}) {
  const scene = commandScene();
  await acquire(scene.acquireParts({ settings }));
  await scene.clock.advance(3_600_000);
  const outcome = release(scene.releaseParts({ workspace: () => workspace, environment })).then(
    () => [],
    (error: AggregateError) => error.errors,
  );
  const failures = await outcome;
  const [summary = ''] = scene.report.summaries.map(renderMarkdown);
  return { scene, failures, summary };
}

test('a job whose Terraform worked on a state that it does not hold does not end green', async () => {
  const { scene, failures, summary } = await postIn(initialisedFor('network/terrafrom.tfstate'));
  expect(failures).toMatchObject([
    { title: 'Wrong state', message: expect.stringContaining('s3://states/network/terrafrom.tfstate') },
  ]);
  expect(summary).toMatch(/^### ❌/);
  expect(scene.record).toEqual({});
});

test('one whose backend leads to the state that it holds does', async () => {
  const { failures, summary } = await postIn(initialisedFor(STATE_PATH));
  expect(failures).toEqual([]);
  expect(summary).toMatch(/^### ✅/);
});

test('what an earlier job left on a runner that lives on is a line in the log', async () => {
  const { scene, failures } = await postIn(
    initialisedFor('network/terrafrom.tfstate', { modifiedAt: START - 1 }),
  );
  expect(failures).toEqual([]);
  expect(scene.report.log.join('\n')).toContain('is older than this job');
});

test('a workspace of the whole job is not taken for the one that is held', async () => {
  const environment = { TF_WORKSPACE: 'prod' };
  const { failures, summary } = await postIn(initialisedFor(STATE_PATH), { environment });
  expect(failures).toEqual([]);
  expect(summary).toContain('Whether Terraform ran in the workspace "default" could not be checked');
});

test('a state that another step of the job holds is not a wrong one', async () => {
  const environment = { [heldVariable(`${BUCKET}/apps/terraform.tfstate`)]: `dynamodb:${THEIR_ID}` };
  const { failures } = await postIn(initialisedFor('apps/terraform.tfstate'), { environment });
  expect(failures).toEqual([]);
});

test('both locks, of which one is in another table than Terraform’s, keep nobody out', async () => {
  const settings = testSettings({ locking: { lock: { kind: 'both', table: 'locks' } } });
  const lock = { dynamodb_table: 'tables-typo', use_lockfile: true };
  const { failures } = await postIn(initialisedFor(STATE_PATH, { lock }), { settings });
  expect(failures).toMatchObject([
    { title: 'Wrong state', message: expect.stringContaining('the DynamoDB table "tables-typo"') },
  ]);
});

test('a first deployment that deployed nothing is doubtful', async () => {
  const scene = commandScene();
  delete scene.state.body;
  await acquire(scene.acquireParts());
  await release(scene.releaseParts());
  expect(scene.report.log.join('\n')).toContain('warning: No state yet: ');
  const [summary = ''] = scene.report.summaries.map(renderMarkdown);
  expect(summary).toMatch(/^### ⚠️/);
  expect(summary).toContain('there is none after it');
});

test('one that deployed is not', async () => {
  const scene = commandScene();
  delete scene.state.body;
  await acquire(scene.acquireParts());
  scene.state.body = stateBody();
  await release(scene.releaseParts());
  expect(scene.report.summaries.map(renderMarkdown)).toEqual([expect.stringMatching(/^### ✅/)]);
});

describe('where Terraform took its own lock, there is nothing to answer for', () => {
  test.each([
    ['with scope "pipeline"', { scope: { kind: 'pipeline' } }],
    ['without the flag', { scope: { kind: 'state', terraformLockFlag: false } }],
  ] as const)('%s', async (_, locking) => {
    const settings = testSettings({ locking });
    const { failures } = await postIn(initialisedFor('network/terrafrom.tfstate'), { settings });
    expect(failures).toEqual([]);
  });
});

test('what defeats the flag is refused before anything is touched', async () => {
  const scene = commandScene();
  const acquiring = acquire(scene.acquireParts({ environment: { TF_CLI_ARGS: '-lock=true' } }));
  await expect(acquiring).rejects.toMatchObject({
    title: 'Configuration',
    message: expect.stringContaining('"TF_CLI_ARGS" must not have "-lock=true"'),
  });
  expect(scene.runner.phases).toEqual([]);
  expect(scene.record).toEqual({});
});
