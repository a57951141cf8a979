import { describe, expect, test } from '@jest/globals';
import {
  type Evidence,
  heldByVariables,
  type Judgement,
  judge,
  stateChange,
} from '../../../../src/commands/hold/right-state/right-state.js';
import type { FoundBackend, HeldState } from '../../../../src/commands/hold/right-state/state-fit.js';
import type { RecordedS3Backend } from '../../../../src/config/recorded-backend.js';
import type { Unheld } from '../../../../src/config/settings.js';
import { heldVariable } from '../../../../src/names/held-variable.js';

const STARTED = 1_000_000;
const KEY = 'network/terraform.tfstate';

const OURS: HeldState = {
  bucket: 'states',
  statePath: KEY,
  workspace: 'default',
  lock: { kind: 'dynamodb', table: 'locks' },
};

/** Of this job, and ours, but for the differences. */
function s3(backend: Partial<RecordedS3Backend> = {}, file: Partial<FoundBackend> = {}): FoundBackend {
  return {
    file: 'infra/.terraform/terraform.tfstate',
    modifiedAt: STARTED,
    backend: {
      kind: 's3',
      bucket: 'states',
      key: KEY,
      workspaceKeyPrefix: 'env:',
      lock: OURS.lock,
      ...backend,
    },
    ...file,
  };
}

const ofType = (type: string, file: Partial<FoundBackend> = {}): FoundBackend => ({
  ...s3({}, file),
  backend: { kind: 'other', type },
});

const OLD = { modifiedAt: STARTED - 1 };
const TYPO = { key: 'network/terrafrom.tfstate' };

type Differences = Partial<Omit<Evidence, 'search'>>;

function judged(found: readonly FoundBackend[], differences: Differences = {}): Judgement {
  return judge({
    ours: OURS,
    change: 'unchanged',
    heldByOther: () => undefined,
    search: { found, unseen: [] },
    jobStartedAt: STARTED,
    unheld: [],
    ...differences,
  });
}

/** `kind`, or of a conviction each `difference because`. */
function verdict(found: readonly FoundBackend[], differences: Differences = {}): string {
  const { verdict: each } = judged(found, differences);
  if (each.kind === 'acquitted') return `acquitted by ${each.by}`;
  if (each.kind !== 'convicted') return each.kind;
  return each.strangers.map(({ difference, because }) => `${difference} ${because}`).join(', ');
}

const held = (lock: HeldState['lock'], rest: Partial<HeldState> = {}) => ({
  ours: { ...OURS, ...rest, lock },
});
const inWorkspace = (workspace: string) => ({
  ours: { ...OURS, workspace, statePath: `env:/${workspace}/${KEY}` },
});
const selected = (workspace: string, modifiedAt = STARTED) => ({ selected: { workspace, modifiedAt } });
const state = (glob: string): Unheld => ({ kind: 'state', glob });

describe('a backend of this job for the state and the lock that are held acquits', () => {
  test.each<[string, FoundBackend, Differences]>([
    ['the same', s3(), {}],
    ['also an old one, for init leaves an unchanged one alone', s3({}, OLD), {}],
    ['also before the first apply', s3(), { change: 'never-existed' }],
    [
      'the table by its ARN',
      s3({ lock: { kind: 'dynamodb', table: 'arn:aws:dynamodb:eu-central-1:123456789012:table/locks' } }),
      {},
    ],
    [
      'both over a lockfile, a migration',
      s3({ lock: { kind: 'lockfile' } }),
      held({ kind: 'both', table: 'locks' }),
    ],
    ['both over a table, a migration', s3(), held({ kind: 'both', table: 'locks' })],
    ['a backend that takes no lock', s3({ lock: { kind: 'none' } }), {}],
    ['an endpoint that one side alone names', s3({ s3Endpoint: 'http://s3.test' }), {}],
    ['and the other side alone', s3(), held(OURS.lock, { s3Endpoint: 'http://s3.test' })],
    [
      'one endpoint, written in two ways',
      s3({ s3Endpoint: 's3.test' }),
      held(OURS.lock, { s3Endpoint: 'https://s3.test/' }),
    ],
    ['a workspace that was selected', s3({}, selected('prod')), inWorkspace('prod')],
    [
      'a workspace with a prefix of its own',
      s3({ workspaceKeyPrefix: 'ws' }, selected('prod')),
      { ours: { ...OURS, workspace: 'prod', statePath: `ws/prod/${KEY}` } },
    ],
  ])('%s', (_, found, differences) => expect(verdict([found], differences)).toBe('acquitted by file'));
});

describe('a backend of this job that nobody in the job holds convicts, even beside a new version of our state', () => {
  test.each<[string, FoundBackend, Differences]>([
    ['key of-this-job', s3(TYPO), {}],
    ['bucket of-this-job', s3({ bucket: 'stages' }), {}],
    ['endpoint of-this-job', s3({ s3Endpoint: 'http://a' }), held(OURS.lock, { s3Endpoint: 'http://b' })],
    [
      'endpoint of-this-job',
      s3({ dynamodbEndpoint: 'http://a' }),
      held(OURS.lock, { dynamodbEndpoint: 'http://b' }),
    ],
    ['table of-this-job', s3({ lock: { kind: 'dynamodb', table: 'other' } }), {}],
    ['lock-kind of-this-job', s3(), held({ kind: 'lockfile' })],
    ['lock-kind of-this-job', s3({ lock: { kind: 'lockfile' } }), {}],
    ['lock-kind of-this-job', s3({ lock: { kind: 'both', table: 'locks' } }), held({ kind: 'lockfile' })],
    ['workspace of-this-job', s3({}, selected('prod')), {}],
    ['type of-this-job', ofType('local'), {}],
    ['type of-this-job', ofType('cloud'), {}],
  ])('%s: %j', (expected, found, differences) => {
    for (const change of ['unchanged', 'changed', 'never-existed', 'unknown'] as const) {
      expect(verdict([found], { ...differences, change })).toBe(expected);
    }
  });

  test('one that fits does not excuse another', () => {
    expect(verdict([s3(), s3(TYPO)])).toBe('key of-this-job');
  });
});

describe('what another step of the job holds convicts nobody', () => {
  const other = (kind: 'dynamodb' | 'lockfile' | 'both'): Differences => ({
    heldByOther: (path) => (path === 'states/other' ? kind : undefined),
  });
  test('under a lock that includes the backend’s', () => {
    expect(verdict([s3({ key: 'other' })], other('dynamodb'))).toBe('nothing-seen');
    expect(verdict([s3(), s3({ key: 'other' })], other('both'))).toBe('acquitted by file');
  });
  test('but under another kind of lock it does', () => {
    expect(verdict([s3({ key: 'other' })], other('lockfile'))).toBe('lock-kind-of-other of-this-job');
  });
  test('also in our workspace, which a step’s own TF_WORKSPACE may have chosen there too', () => {
    const heldByOther = (path: string) =>
      path === 'states/env:/prod/other' ? ('dynamodb' as const) : undefined;
    const evidence = { ...inWorkspace('prod'), heldByOther };
    expect(verdict([s3({ key: 'other' })], evidence)).toBe('nothing-seen');
    expect(verdict([s3({ key: 'other' }, selected('dev'))], evidence)).toBe('key of-this-job');
    expect(verdict([s3({ key: 'other', lock: { kind: 'lockfile' } })], evidence)).toBe(
      'lock-kind-of-other of-this-job',
    );
  });
  test('our own variable does not cover a lock of another table', () => {
    const found = s3({ lock: { kind: 'dynamodb', table: 'other' } });
    expect(verdict([found], { heldByOther: () => 'dynamodb' })).toBe('table of-this-job');
  });
});

describe('an old backend that does not fit', () => {
  test('is no proof, and a line in the log', () => {
    expect(verdict([s3(TYPO, OLD)])).toBe('nothing-seen');
    expect(judged([s3(TYPO, OLD)]).older).toHaveLength(1);
    expect(verdict([s3({}, OLD), s3(TYPO, OLD)])).toBe('acquitted by file');
    expect(verdict([ofType('local', OLD)], { change: 'changed' })).toBe('acquitted by new-version');
  });
  test.each([
    ['infra', 'key in-working-directory'],
    ['.', 'key in-working-directory'],
    ['inf', 'nothing-seen'],
    ['infra/.terraform/terraform.tfstate', 'nothing-seen'],
  ])('convicts below a working directory that was given: %s', (workingDirectory, expected) => {
    expect(verdict([s3(TYPO, OLD)], { workingDirectory })).toBe(expected);
  });
  test('outside the workspace is not below its root', () => {
    const file = '/runner/_temp/data/terraform.tfstate';
    expect(verdict([s3(TYPO, { ...OLD, file })], { workingDirectory: '.' })).toBe('nothing-seen');
  });
  test('convicts where nothing fits and our state never existed', () => {
    expect(verdict([s3(TYPO, OLD)], { change: 'never-existed' })).toBe('key only-trace');
    expect(verdict([s3({}, OLD), s3(TYPO, OLD)], { change: 'never-existed' })).toBe('acquitted by file');
  });
  test('convicts where it is the only one for our state, under another lock, and our state was written', () => {
    expect(verdict([s3({}, OLD)], { ...held({ kind: 'lockfile' }), change: 'changed' })).toBe(
      'lock-kind only-trace',
    );
    expect(verdict([s3({}, OLD)], held({ kind: 'lockfile' }))).toBe('nothing-seen');
    const fitting = s3({ lock: { kind: 'lockfile' } }, OLD);
    expect(verdict([fitting, s3({}, OLD)], { ...held({ kind: 'lockfile' }), change: 'changed' })).toBe(
      'acquitted by file',
    );
  });
});

describe('a workspace that only a step’s own TF_WORKSPACE can have chosen', () => {
  test('convicts nobody, and acquits only with a new version of our state', () => {
    expect(verdict([s3()], inWorkspace('prod'))).toBe('workspace-unchecked');
    expect(verdict([s3()], { ...inWorkspace('prod'), change: 'unknown' })).toBe('workspace-unchecked');
    expect(verdict([s3()], { ...inWorkspace('prod'), change: 'changed' })).toBe('acquitted by new-version');
  });
  test('but that of the whole job is known, and beats what was selected', () => {
    const evidence = { ...inWorkspace('prod'), tfWorkspace: 'prod' };
    expect(verdict([s3()], evidence)).toBe('acquitted by file');
    expect(verdict([s3({}, selected('dev'))], evidence)).toBe('acquitted by file');
    expect(verdict([s3({}, selected('dev'))], { ...inWorkspace('prod'), tfWorkspace: 'dev' })).toBe(
      'workspace-unchecked',
    );
  });
  test('so does one that an earlier job selected', () => {
    expect(verdict([s3({}, selected('dev', STARTED - 1))], inWorkspace('prod'))).toBe('workspace-unchecked');
  });
  test('nor does an old backend beside it, though there never was a state', () => {
    const found = [s3(), s3(TYPO, OLD)];
    expect(verdict(found, { ...inWorkspace('prod'), change: 'never-existed' })).toBe('no-state');
  });
  test('but one that a step of this job selected is known', () => {
    expect(verdict([s3({}, selected('dev'))], inWorkspace('prod'))).toBe('workspace of-this-job');
    expect(verdict([s3({}, selected('default'))], inWorkspace('prod'))).toBe('workspace-unchecked');
  });
  test('and another lock convicts there too', () => {
    expect(verdict([s3({ lock: { kind: 'lockfile' } })], inWorkspace('prod'))).toBe('lock-kind of-this-job');
  });
});

describe('unheld', () => {
  test.each<[string, FoundBackend, Unheld]>([
    ['a state by its name', s3(TYPO), state('states/network/terrafrom.tfstate')],
    ['states by a glob', s3({ bucket: 'a', key: 'b/.c/d' }), state('a/**')],
    ['a state of a workspace', s3({}, selected('prod')), state('states/env:/prod/*/terraform.tfstate')],
    ['a type', ofType('local'), { kind: 'backend-type', type: 'local' }],
  ])('excuses %s, and the summary lists it', (_, found, unheld) => {
    const { verdict: each, excused } = judged([found], { unheld: [unheld] });
    expect(each.kind).toBe('nothing-seen');
    expect(excused).toMatchObject([{ found }]);
  });
  test.each<[FoundBackend, Unheld]>([
    [s3(TYPO), state('states/*')],
    [s3(TYPO), { kind: 'backend-type', type: 's3' }],
    [ofType('local'), { kind: 'backend-type', type: 'cloud' }],
    [ofType('local'), state('**/*')],
  ])('excuses nothing else: %j by %j', (found, unheld) => {
    expect(judged([found], { unheld: [unheld] }).verdict.kind).toBe('convicted');
  });
  test('never excuses the state that is held, under another lock', () => {
    const unheld = [state('**/*')];
    expect(verdict([s3()], { ...held({ kind: 'lockfile' }), unheld })).toBe('lock-kind of-this-job');
    expect(verdict([s3({ lock: { kind: 'dynamodb', table: 'x-y' } })], { unheld })).toBe('table of-this-job');
    const heldByOther = () => 'lockfile' as const;
    expect(verdict([s3(TYPO)], { heldByOther, unheld })).toBe('lock-kind-of-other of-this-job');
  });
  test('does not list what an earlier job left', () => {
    expect(judged([s3(TYPO, OLD)], { unheld: [state('states/**')] })).toMatchObject({
      excused: [],
      older: [],
    });
  });
});

describe('without any backend that tells', () => {
  test.each<[Evidence['change'], string]>([
    ['changed', 'acquitted by new-version'],
    ['unchanged', 'nothing-seen'],
    ['unknown', 'nothing-seen'],
    ['never-existed', 'no-state'],
  ])('a state that is %s: %s', (change, expected) => expect(verdict([], { change })).toBe(expected));

  test('what could not be looked at is not taken for nothing', () => {
    const unseen = [{ path: 'infra', reason: 'unreadable' }] as const;
    const judgement = (change: Evidence['change']) =>
      judge({
        ours: OURS,
        change,
        heldByOther: () => undefined,
        search: { found: [], unseen },
        jobStartedAt: 0,
        unheld: [],
      });
    expect(judgement('unchanged')).toMatchObject({ verdict: { kind: 'could-not-look' }, unseen });
    expect(judgement('changed')).toMatchObject({ verdict: { kind: 'acquitted' }, unseen });
    expect(judgement('never-existed')).toMatchObject({ verdict: { kind: 'no-state' }, unseen });
  });
});

describe('what became of our state', () => {
  test.each([
    [true, 'state', 'changed'],
    [false, 'state', 'changed'],
    [true, 'absent', 'changed'],
    [false, 'absent', 'never-existed'],
    [true, 'unchanged', 'unchanged'],
    [true, 'unknown', 'unknown'],
    [false, 'unknown', 'unknown'],
  ] as const)('there before: %s, and then %s: %s', (existedBefore, reading, change) => {
    expect(stateChange(existedBefore, reading)).toBe(change);
  });
});

test('other steps are known by their variables', () => {
  const heldByOther = heldByVariables({
    [heldVariable('states/a')]: 'both:1',
    [heldVariable('states/b')]: 'x',
  });
  expect(['states/a', 'states/b', 'states/c'].map(heldByOther)).toEqual(['both', undefined, undefined]);
});
