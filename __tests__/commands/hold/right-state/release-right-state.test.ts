import { describe, expect, test } from '@jest/globals';
import { renderMarkdown } from '../../../../src/actions/markdown.js';
import { acquire } from '../../../../src/commands/hold/acquire.js';
import { release } from '../../../../src/commands/hold/release.js';
import type { Workspace } from '../../../../src/job/workspace.js';
import { commandScene } from '../../../../testing/command-scene.js';
import { START } from '../../../../testing/fake-clock.js';
import { BUCKET, STATE_PATH, stateBody, testSettings } from '../../../../testing/test-data.js';

/** What `terraform init` leaves for a backend with this key. */
const recorded = (key: string) =>
  JSON.stringify({
    version: 3,
    backend: { type: 's3', config: { bucket: BUCKET, key, dynamodb_table: 'locks' } },
  });

/** A workspace in which a step has initialised that backend. */
function initialisedFor(key: string, modifiedAt = START): Workspace {
  return {
    findBackends: async (read) => {
      const backend = read(recorded(key));
      if (!backend) throw new Error('The parser does not know what init leaves.');
      return { found: [{ file: '.terraform/terraform.tfstate', modifiedAt, backend }], unseen: [] };
    },
  };
}

async function postIn(workspace: Workspace, settings = testSettings()) {
  const scene = commandScene();
  await acquire(scene.acquireParts({ settings }));
  const outcome = release(scene.releaseParts({ workspace: () => workspace })).then(
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
  const { scene, failures } = await postIn(initialisedFor('network/terrafrom.tfstate', START - 1));
  expect(failures).toEqual([]);
  expect(scene.report.log.join('\n')).toContain('is older than this job');
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
    const { failures } = await postIn(initialisedFor('network/terrafrom.tfstate'), settings);
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
