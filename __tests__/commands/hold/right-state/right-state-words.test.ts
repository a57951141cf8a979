import { describe, expect, test } from '@jest/globals';
import type {
  Convicted,
  Judgement,
  Stranger,
  Verdict,
} from '../../../../src/commands/hold/right-state/right-state.js';
import { noStateYet, rightStateWords } from '../../../../src/commands/hold/right-state/right-state-words.js';
import type { Difference, HeldState } from '../../../../src/commands/hold/right-state/state-fit.js';
import type { RecordedS3Backend } from '../../../../src/config/recorded-backend.js';
import type { Unseen } from '../../../../src/job/workspace.js';

const OURS: HeldState = {
  bucket: 'states',
  statePath: 'network/terraform.tfstate',
  workspace: 'default',
  s3Endpoint: 'https://a.test',
  lock: { kind: 'lockfile' },
};

const FILE = 'infra/.terraform/terraform.tfstate';
const PLACE = 'states/network/terrafrom.tfstate';

function stranger(difference: Difference, backend: Partial<RecordedS3Backend> = {}): Stranger {
  const recorded: RecordedS3Backend = {
    kind: 's3',
    bucket: 'states',
    key: 'network/terrafrom.tfstate',
    workspaceKeyPrefix: 'env:',
    lock: { kind: 'dynamodb', table: 'locks' },
    s3Endpoint: 'https://b.test',
    ...backend,
  };
  const selected = { workspace: 'prod', modifiedAt: 2 };
  return { found: { file: FILE, modifiedAt: 1, backend: recorded, selected }, place: PLACE, difference };
}

const local: Stranger = {
  found: { file: 'x/terraform.tfstate', modifiedAt: 1, backend: { kind: 'other', type: 'local' } },
  difference: 'type',
};

const words = (verdict: Verdict, rest: Partial<Judgement> = {}) =>
  rightStateWords({ verdict, excused: [], older: [], unseen: [], ...rest }, OURS);

const convicted = (each: Stranger, because: Convicted['because'] = 'of-this-job') =>
  words({ kind: 'convicted', strangers: [{ ...each, because }] });

test('a wrong state fails the step, and names both places, the file and the way out', () => {
  const { sign, failure } = convicted(stranger('key'));
  expect(sign).toBe('❌');
  expect(failure?.title).toBe('Wrong state');
  expect(failure?.message.split('\n')).toEqual([
    "Terraform's own lock was off in this job, and nothing kept others from a state that it could write:",
    `${FILE} leads to s3://${PLACE}. This job holds s3://states/network/terraform.tfstate.`,
    'Have this step hold what Terraform works on, by "working_directory" or its other inputs, and look at what was applied before anybody goes on.',
    'What the job touches on purpose without holding it (applied before this step, or only read) goes into its inputs:',
    'unheld: |',
    `  ${PLACE}`,
  ]);
});

describe('each difference has a sentence that says what to correct', () => {
  test.each<[Stranger, string]>([
    [
      stranger('bucket'),
      `${FILE} leads to s3://${PLACE}. This job holds s3://states/network/terraform.tfstate.`,
    ],
    [stranger('workspace'), `${FILE} leads to s3://${PLACE}, for a step selected the workspace "prod".`],
    [stranger('endpoint'), `at https://b.test. This job holds that path at https://a.test: "endpoint"`],
    [stranger('table'), `by the DynamoDB table "locks". This job holds it by a lockfile: "dynamodb_table"`],
    [
      stranger('lock-kind'),
      'by the DynamoDB table "locks". This job holds it by a lockfile, which keeps nobody out',
    ],
    [
      stranger('lock-kind', { lock: { kind: 'both', table: 'locks' } }),
      'by a lockfile and the DynamoDB table "locks". This job holds it by a lockfile,',
    ],
    [stranger('lock-kind-of-other'), 'Another step of this job holds it by another kind of lock'],
    [local, 'x/terraform.tfstate is a backend of type "local", whose lock this job does not hold.'],
  ])('%#', (each, sentence) => expect(convicted(each).failure?.message).toContain(sentence));

  test('where no "unheld" could help, none is offered', () => {
    for (const difference of ['lock-kind', 'table', 'lock-kind-of-other'] as const) {
      expect(convicted(stranger(difference)).failure?.message).not.toContain('unheld');
    }
    expect(convicted(local).failure?.message).toContain('unheld: |\n  local');
  });

  test('the age of an old file is told', () => {
    expect(convicted(stranger('key'), 'in-working-directory').failure?.message).toContain(
      'older than the job, but lies',
    );
    expect(convicted(stranger('key'), 'only-trace').failure?.message).toContain(
      'older than the job, but nothing else',
    );
  });

  test('a long list is cut', () => {
    const strangers = Array.from({ length: 12 }, () => ({
      ...stranger('key'),
      because: 'of-this-job' as const,
    }));
    const { failure } = words({ kind: 'convicted', strangers });
    expect(failure?.message).toContain('\nAnd 2 more.\n');
    expect(failure?.message.split(FILE)).toHaveLength(11);
  });
});

describe('every other verdict', () => {
  test.each<[Verdict, string, string | undefined]>([
    [{ kind: 'acquitted', by: 'file', file: FILE }, '✅', undefined],
    [{ kind: 'acquitted', by: 'new-version' }, '✅', undefined],
    [
      { kind: 'no-state' },
      '⚠️',
      'There was no state at s3://states/network/terraform.tfstate before this job',
    ],
    [
      { kind: 'workspace-unchecked', file: FILE },
      '✅',
      'ran in the workspace "default" could not be checked',
    ],
    [{ kind: 'could-not-look' }, '✅', 'not everything could be looked at'],
    [{ kind: 'nothing-seen', change: 'unchanged' }, '✅', 'this state: it did not change, and no backend'],
    [{ kind: 'nothing-seen', change: 'unknown' }, '✅', 'whether it changed could not be read'],
  ])('%j is %s', (verdict, sign, sentence) => {
    const { failure, summary, ...rest } = words(verdict);
    expect(failure).toBeUndefined();
    expect(rest).toEqual({ sign, log: [] });
    expect(summary).toEqual(sentence === undefined ? [] : [expect.stringContaining(sentence)]);
  });
});

test('what is unheld on purpose is listed in the summary', () => {
  expect(
    words({ kind: 'acquitted', by: 'new-version' }, { excused: [stranger('key'), local] }).summary,
  ).toEqual([`Not held, on purpose (input "unheld"): s3://${PLACE}, x/terraform.tfstate (local).`]);
});

test('what is older, and what was not looked at, is told in the log', () => {
  const reasons: Unseen['reason'][] = ['missing', 'unreadable', 'link', 'too-large', 'too-deep', 'too-many'];
  const unseen = reasons.map((reason) => ({ path: 'infra', reason }));
  const { log } = words(
    { kind: 'acquitted', by: 'new-version' },
    { older: [stranger('key'), local], unseen },
  );
  expect(log).toEqual([
    `${FILE} is older than this job, and leads to s3://${PLACE}: taken for what an earlier job left.`,
    'x/terraform.tfstate is older than this job, and leads to a backend of type "local": taken for what an earlier job left.',
    'infra is not there.',
    'infra could not be read.',
    'infra is a link that leads out of the workspace, and was not followed.',
    'infra is too large for a file that init writes, and was not read.',
    'infra lies too deep, and was not looked into.',
    'There are too many folders; infra and those after it were not looked into.',
  ]);
  expect(words({ kind: 'could-not-look' }, { unseen }).summary[0]).toContain('infra is not there.');
});

test('main asks whether a state that is not there yet is meant to be new', () => {
  const { title, message } = noStateYet(OURS);
  expect(title).toBe('No state yet');
  expect(message).toContain('There is no state at s3://states/network/terraform.tfstate.');
  expect(message).toContain('bucket, key and workspace of this step');
});
