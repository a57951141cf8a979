import { describe, expect, test } from '@jest/globals';
import { guardedProcesses, writersAmong } from '../../../../src/commands/hold/writers/writers.js';
import type { MachineProcess, Variables } from '../../../../src/job/processes.js';
import { OUR_ID, THEIR_ID } from '../../../../testing/test-data.js';

const OWN_WORKER = 100;
const OTHER_WORKER = 200;
const RUNNER_USER = 1_001;
const MAIN_STARTED_AT = 5_000;
const OURS = { LOCKKEEPER_HELD_000000000001: `both:${OUR_ID}` };
const THEIRS = { LOCKKEEPER_HELD_000000000001: `both:${THEIR_ID}` };

function processOf(differences: Partial<MachineProcess>): MachineProcess {
  const terraform = { pid: 900, startedAt: 6_000, parent: 1, session: 900, user: RUNNER_USER };
  return { ...terraform, names: ['terraform'], ...differences };
}

const worker = (pid: number) => processOf({ pid, session: pid, startedAt: 1_000, names: ['Runner.Worker'] });
const self = processOf({ pid: 101, parent: OWN_WORKER, session: OWN_WORKER, names: ['node'] });

type Listed = Partial<MachineProcess> & { readonly variables?: Variables | 'unknown' };

/** What is found on a machine with two runners, whose first one has the job that looks. */
function writersOf(...listed: readonly Listed[]) {
  const processes = listed.map(({ variables: _, ...differences }, at) =>
    processOf({ pid: 900 + at, ...differences }),
  );
  const others = [worker(OWN_WORKER), worker(OTHER_WORKER), ...processes];
  const machine = { self, others };
  const found = guardedProcesses(machine, ['pulumi']).map((one) => {
    const variables = listed[one.process.pid - 900]?.variables ?? OURS;
    return { ...one, variables };
  });
  return writersAmong(machine, found, { lockIds: [OUR_ID], mainStartedAt: MAIN_STARTED_AT });
}

describe('a name is guarded as a whole', () => {
  test.each([...['terraform', 'terraform-bin', 'tofu', 'tofu-bin', 'terragrunt', 'lokoctl', 'pulumi']])(
    '%s',
    (name) => expect(writersOf({ names: ['x', name] })).toMatchObject([{ command: name }]),
  );

  test.each(['terraform-provider-aws_v5', 'terraform-ls', 'mytofu', 'Terraform', 'bash', ''])(
    'and %j is not',
    (name) => expect(writersOf({ names: [name] })).toEqual([]),
  );
});

describe('whose a guarded process is', () => {
  test.each<[string, Listed]>([
    ['with our lock', { variables: OURS }],
    ['with our lock among others', { variables: { ...THEIRS, LOCKKEEPER_HELD_2: `dynamodb:${OUR_ID}` } }],
    ['with our lock, as another user', { variables: OURS, user: 5 }],
    ['with our lock, from before main', { variables: OURS, startedAt: 4_000 }],
  ])('ours: %s', (_name, listed) => expect(writersOf(listed)).toMatchObject([{ whose: 'ours' }]));

  test.each<[string, Listed]>([
    ['environment unknown', { variables: 'unknown' }],
    ['environment unknown, of root', { variables: 'unknown', user: 0 }],
    ['environment unknown, below our runner', { variables: 'unknown', parent: OWN_WORKER }],
    ['without a lock, below our runner', { variables: {}, parent: OWN_WORKER }],
    ["without a lock, in our runner's session", { variables: {}, session: OWN_WORKER }],
    ['started in the same moment as main', { variables: 'unknown', startedAt: MAIN_STARTED_AT }],
  ])('doubtful: %s', (_name, listed) => expect(writersOf(listed)).toMatchObject([{ whose: 'doubtful' }]));

  test.each<[string, Listed]>([
    ['with another lock', { variables: THEIRS }],
    ['with another lock, below our runner', { variables: THEIRS, parent: OWN_WORKER }],
    ['without a lock, elsewhere', { variables: {} }],
    ['environment unknown, from before main', { variables: 'unknown', startedAt: 4_999 }],
    ['environment unknown, below another runner', { variables: 'unknown', parent: OTHER_WORKER }],
    ['environment unknown, of another user', { variables: 'unknown', user: 1_002 }],
  ])("another's: %s", (_name, listed) => expect(writersOf(listed)).toEqual([]));

  test("another's: where sessions are unknown, as on macOS", () => {
    const found = processOf({ session: undefined });
    const machine = { self, others: [{ ...worker(OWN_WORKER), session: undefined }, found] };
    const guarded = { process: found, command: 'terraform', variables: {} };
    expect(writersAmong(machine, [guarded], { lockIds: [OUR_ID], mainStartedAt: MAIN_STARTED_AT })).toEqual(
      [],
    );
  });

  test("another's: below another runner, however deep", () => {
    const shell = { names: ['bash'], parent: OTHER_WORKER };
    expect(writersOf(shell, { variables: 'unknown', parent: 900 })).toEqual([]);
  });
});

describe('a wrapper is what a writer runs below', () => {
  test('with a shell between the two', () => {
    const writers = writersOf(
      { names: ['terragrunt'] },
      { names: ['sh'], parent: 900 },
      { names: ['terraform'], parent: 901 },
      { names: ['tofu'] },
    );
    expect(writers.map(({ command, wraps }) => [command, wraps])).toEqual([
      ['terragrunt', true],
      ['terraform', false],
      ['tofu', false],
    ]);
  });

  test('also of one that is doubtful, as by sudo', () => {
    const writers = writersOf({ names: ['terragrunt'] }, { parent: 900, user: 0, variables: 'unknown' });
    expect(writers).toMatchObject([{ wraps: true }, { wraps: false, whose: 'doubtful' }]);
  });

  test('and IDs that lead in a circle lead nowhere', () => {
    expect(writersOf({ parent: 901 }, { parent: 900 })).toMatchObject([{ wraps: true }, { wraps: true }]);
  });
});
