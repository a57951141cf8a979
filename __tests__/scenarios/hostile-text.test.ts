import { describe, expect, test } from '@jest/globals';
import { formatLockInfo } from '../../src/lock/lock-info.js';
import { documentationUrl } from '../../src/names/documentation.js';
import { BUCKET, STATE_PATH, TABLE } from '../../testing/environment.js';
import { answerInstead, dynamodbError, s3Error } from '../../testing/faults.js';
import type { StepResult } from '../../testing/runner.js';
import { lockHolder, stateBody, theirInfo } from '../../testing/test-data.js';
import { inScene, LOCK_PATH, LOCKFILE_KEY, STATE } from './scene.js';

/** Everything that the runner, a terminal, Markdown, HTML and Mermaid could take for more than text. */
const HOSTILE = [
  'x',
  '::set-env name=PATH::/evil',
  '  ::set-output name=locked::evil',
  '::add-mask::e',
  '##[command]evil',
  'text ##[set-env name=PATH]evil',
  '::error title=Evil::evil',
  '::stop-commands::evil',
  '| evil | ``` | `evil` | ~~~',
  '```',
  '<script>evil</script><img src=x onerror=evil>',
  '[evil](https://evil.example) ![](https://evil.example/x.png) @evil #1',
  '--> :crit, 0, 1',
  '\u001b[31mred\u001b[0m\u0007\u202Eevil\u2028::error::evil',
  '%0A::error::evil%0D',
].join('\n');
const HOSTILE_WITH_CR = HOSTILE.replaceAll('\n', '\r');

/** The commands of ours that a step may give; each is spelled as @actions/core spells it. */
const OURS = ['add-mask', 'debug', 'endgroup', 'error', 'group', 'notice', 'warning'];
const TITLES =
  /^(State locked|Lock held|Lock lost|Lock not (released|freed yet)|Access denied|Backend error|Snapshot not stored|State is doubtful|State deleted|No state yet|Cancelled|Bucket not versioned)$/;

function expectHarmless(step: StepResult): void {
  expect(step.commands.map(({ name }) => name).filter((name) => !OURS.includes(name))).toEqual([]);
  expect(step.masks).not.toContain('e');
  for (const { title = 'none' } of [...step.errors, ...step.warnings, ...step.notices]) {
    expect(title).toMatch(TITLES);
  }
  // Whatever a terminal or the runner could act on is shown as an escape.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what must not be there
  expect(step.stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u202e]/);
  for (const line of step.stdout.split('\n')) {
    if (/^\s*::/.test(line)) expect(line).toMatch(/^::[a-z-]+( title=[^:]*)?::/);
    if (!line.startsWith('::')) expect(line).not.toContain('##[');
  }
  for (const [name, value] of Object.entries(step.env)) {
    expect(name).toMatch(/^(TF_CLI_ARGS_[a-z_]+|LOCKKEEPER_HELD_[0-9a-f]{12}|LOCKKEEPER_STOPPING)$/);
    expect(value).toMatch(/^[\w:;=-]*$/);
  }
  expectWholeTables(step.summary);
}

/** Every row of a table has the columns of its head, every fence is one of ours, and no HTML is but ours. */
function expectWholeTables(summary: string): void {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what must not be there
  expect(summary).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u202e]/);
  const fences = summary.split('\n').filter((line) => /^ {0,3}(`{3,}|~{3,})/.test(line));
  expect(
    fences.filter((_, index) => index % 2 === 0).every((fence) => /^```(diff|mermaid|sh)$/.test(fence)),
  ).toBe(true);
  expect(fences.filter((_, index) => index % 2 === 1).every((fence) => fence === '```')).toBe(true);
  const prose = summary.replaceAll(/^```[a-z]+\n.*?\n```$/gms, '');
  let columns = 0;
  for (const line of prose.split('\n')) {
    if (!line.startsWith('|')) columns = 0;
    else {
      const found = line.split('|').length;
      if (columns > 0) expect(found).toBe(columns);
      columns = found;
    }
  }
  const tags = [...prose.matchAll(/<\/?([a-z]+)[^>]*>/gi)].map(([, tag]) => tag);
  expect(tags.filter((tag) => !['br', 'code', 'details', 'span', 'summary'].includes(tag ?? ''))).toEqual([]);
  const withoutOurPages = prose.replaceAll(`[docs/iam.md](${documentationUrl('iam.md')})`, '');
  expect(withoutOurPages).not.toMatch(/\]\(|!\[|@evil|#1\b(?!;)/);
}

const hostileInfo = (text: string) =>
  theirInfo({ Who: text, Info: text, Operation: text, Version: text, Created: text, Path: text });

describe('a hostile record of a lock', () => {
  test.concurrent.each([
    ['line feeds', HOSTILE],
    ['carriage returns', HOSTILE_WITH_CR],
  ])('is text when it is waited for, and in the summary (%s)', (_, text) =>
    inScene(async ({ startJob, dynamodb, waitForRequest }) => {
      const Holder = JSON.stringify(
        lockHolder({ job: text, repository: text, runUrl: text, workflow: text }),
      );
      await dynamodb.putItem(TABLE, { LockID: LOCK_PATH, Info: formatLockInfo(hostileInfo(text)), Holder });
      const job = await startJob('dynamodb');
      const main = await job.startMain();
      await waitForRequest('PutItem lock', 2);
      await dynamodb.deleteItem(TABLE, { LockID: LOCK_PATH });
      const result = await main.result;
      expect(result).toMatchObject({ exitCode: 0, errors: [], outputs: { locked: 'true' } });
      expect(result.log).toContain('evil');
      expectHarmless(result);
      const post = await job.post();
      expect(post.summary).toContain('evil');
      expectHarmless(post);
    }),
  );

  test.concurrent.each([
    ['as it is', hostileInfo(HOSTILE)],
    ['with a hostile ID', { ...hostileInfo(HOSTILE_WITH_CR), ID: `'; evil; '\n::error::evil` }],
  ])('is text in the error and in the summary (%s)', (_, info) =>
    inScene(async ({ startJob, s3 }) => {
      s3.putObject(BUCKET, LOCKFILE_KEY, formatLockInfo(info), {
        metadata: { holder: '%7B%22evil%0A::error::x' },
      });
      const job = await startJob('lockfile', { inputs: { lock_timeout: '0s' } });
      const main = await job.main();
      expect(main.errors).toHaveLength(1);
      expect(main.errors[0]?.message).toContain('evil');
      // Nothing of it is in what people are told to paste into a shell.
      for (const [, command] of main.errors[0]?.message.matchAll(/`(terraform [^`]*)`/g) ?? []) {
        expect(command).toMatch(/^terraform force-unlock -force [\da-f-]{36}$/);
      }
      expectHarmless(main);
      expectHarmless(await job.post());
    }),
  );

  test.concurrent.each([
    ['text', HOSTILE],
    ['a script', 'javascript:evil()//https://github.com/'],
    ['another server', 'https://github.com.evil.example/acme/infrastructure/actions/runs/1'],
  ])('is text to whoever inspects it, and links to nowhere (%s)', (_, runUrl) =>
    inScene(async ({ startJob, s3, putState }) => {
      await putState(stateBody({ lineage: HOSTILE }));
      const holder = lockHolder({
        job: HOSTILE,
        repository: HOSTILE,
        workflow: HOSTILE,
        kept: HOSTILE,
        runUrl,
      });
      s3.putObject(BUCKET, LOCKFILE_KEY, formatLockInfo(hostileInfo(HOSTILE_WITH_CR)), {
        metadata: { holder: encodeURIComponent(JSON.stringify(holder)) },
      });
      const step = await (await startJob('lockfile', { action: 'inspect' })).main();
      expect(step).toMatchObject({ exitCode: 0, errors: [] });
      expect(JSON.parse(step.outputs['report'] ?? '').lock.holder).toEqual(holder);
      expectHarmless(step);
    }),
  );

  test.concurrent('is text when the lock was lost to it', () =>
    inScene(async ({ startJob, holdByOther }) => {
      const job = await startJob('dynamodb');
      await job.main();
      await holdByOther('dynamodb', hostileInfo(HOSTILE));
      const post = await job.post();
      expect(post.errors).toMatchObject([{ title: 'Lock lost' }]);
      expectHarmless(post);
    }));
});

describe('a hostile state', () => {
  test.concurrent('is text in its addresses, its lineage and its serial', () =>
    inScene(async ({ putState, startJob }) => {
      const state = (serial: number, values: Record<string, string>) =>
        stateBody({ serial, lineage: HOSTILE, values });
      await putState(state(7, { [`changed ${HOSTILE}`]: 'a', [`gone ${HOSTILE_WITH_CR}`]: 'a' }));
      const job = await startJob('both');
      const main = await job.main();
      expect(main).toMatchObject({ exitCode: 0, errors: [] });
      expect(main.outputs['state_lineage']).toBe(HOSTILE);
      expectHarmless(main);

      await putState(state(8, { [`changed ${HOSTILE}`]: 'b', [`new ${HOSTILE_WITH_CR}`]: 'a' }));
      const post = await job.post();
      expect(post.summary).toContain('1 added, 1 removed, 1 changed');
      for (const sign of ['+', '-', '~']) {
        expect(
          post.summary.split('\n').filter((line) => line.startsWith(`${sign} terraform_data.`)),
        ).toHaveLength(1);
      }
      expectHarmless(post);
    }));
});

describe('hostile answers', () => {
  const escaped = HOSTILE.replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\u001b', '')
    .replaceAll('\u0007', '');
  test.concurrent.each([
    { name: 'GET state', answer: s3Error(418, 'Teapot', escaped) },
    { name: 'PUT snapshot', answer: s3Error(403, 'AccessDenied', escaped) },
    { name: 'PutItem lock', answer: dynamodbError('AccessDeniedException', HOSTILE) },
    { name: 'GetItem digest', answer: dynamodbError('SomethingNew', HOSTILE_WITH_CR) },
  ])('are text in main ($name)', ({ name, answer }) =>
    inScene(async ({ putState, startJob, onRequest }) => {
      await putState(STATE);
      onRequest(name, answerInstead(answer));
      const job = await startJob('dynamodb', { inputs: { max_retries: '1' } });
      const main = await job.main();
      expect(main.errors).toHaveLength(1);
      expect(main.errors[0]?.message).toContain('evil');
      expectHarmless(main);
      expectHarmless(await job.post());
    }),
  );

  test.concurrent.each([
    { name: 'DeleteItem lock', answer: dynamodbError('AccessDeniedException', HOSTILE) },
    { name: 'PUT snapshot', answer: s3Error(418, 'Teapot', escaped) },
    { name: 'GET snapshot', answer: s3Error(418, 'Teapot', escaped) },
  ])('are text in post ($name)', ({ name, answer }) =>
    inScene(async ({ putState, startJob, onRequest }) => {
      await putState(STATE);
      const job = await startJob('dynamodb', { inputs: { max_retries: '1' } });
      await job.main();
      await putState(stateBody({ serial: 8 }));
      onRequest(name, answerInstead(answer));
      const post = await job.post();
      expect(post.summary).toContain('evil');
      expectHarmless(post);
    }),
  );
});

describe('a hostile surrounding', () => {
  const key = 'a|b`c<img src=x>[d](e)/@evil $x$ ::error::f/terraform.tfstate';
  const env = {
    GITHUB_WORKFLOW: HOSTILE,
    GITHUB_JOB: HOSTILE,
    GITHUB_ACTOR: HOSTILE,
    RUNNER_NAME: HOSTILE_WITH_CR,
  };

  test.concurrent('is text: the key, the workflow, the job, the actor and the runner', () =>
    inScene(async ({ startJob, s3 }) => {
      s3.putObject(BUCKET, key, Buffer.from(STATE));
      const job = await startJob('lockfile', { inputs: { key }, env });
      const main = await job.main();
      expect(main).toMatchObject({ exitCode: 0, errors: [] });
      expectHarmless(main);
      const record = s3.getObject(BUCKET, `${key}.tflock`)?.body.toString() ?? '';
      const { Who, Info } = JSON.parse(record) as Record<string, string>;
      // biome-ignore lint/suspicious/noControlCharactersInRegex: Terraform prints them to other people's terminals
      expect(`${Who}${Info}`).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/);
      const post = await job.post();
      expect(post).toMatchObject({ exitCode: 0, errors: [] });
      expectHarmless(post);
      expect(s3.listKeys(BUCKET, `${key}.`)).toEqual([]);
      expect(STATE_PATH).not.toBe(key);
    }));
});
