import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import type { StepResult } from '../../testing/runner.js';
import type { StoredObject } from '../../testing/s3-double/index.js';
import { type Cell, WEATHER } from './cells.js';
import { brokenPromises, type Evidence } from './promises.js';

const STATE = Buffer.from('{}');

const step = (differences: Partial<StepResult> = {}): StepResult =>
  ({ exitCode: 0, errors: [], log: '', summary: '', state: {}, ...differences }) as StepResult;

const snapshot = (body: Buffer, sha256 = createHash('sha256').update(STATE).digest('hex')) =>
  ({ body, metadata: { sha256 } }) as unknown as StoredObject;

const cell = (effect: Cell['weather']['effect'], differences: Partial<Cell> = {}): Cell => {
  const weather = WEATHER.find((each) => each.effect === effect) as Cell['weather'];
  return { kind: 'dynamodb', step: 'post', name: 'DeleteItem lock', nth: 1, weather, ...differences };
};

/** A job that keeps all promises, but for the differences. */
const evidence = (differences: Partial<Evidence> = {}): Evidence => ({
  cell: cell('passes'),
  main: step({ state: { run: '{"ID":"our-id"}' } }),
  post: step(),
  left: [],
  snapshots: [snapshot(STATE)],
  states: [STATE],
  ...differences,
});

const red = (message: string) => step({ exitCode: 1, errors: [{ message }] });
const NAMED = red('Free it with `terraform force-unlock -force our-id`.');
const left = ['state/network/terraform.tfstate'];

describe('the matrix sees which promise is broken', () => {
  test.each<[string, Partial<Evidence>, string[]]>([
    ['none', {}, []],
    ['a green post leaves the lock', { left }, ['green over a lock', 'lock left unsaid', 'lock left']],
    [
      'a red post leaves the lock and does not name it',
      { left, cell: cell('kills'), post: red('It failed.') },
      ['lock left unsaid', 'lock left'],
    ],
    ['a red post names the lock that it leaves', { left, cell: cell('kills'), post: NAMED }, ['lock left']],
    [
      'the lock of a killed post is named to the next job',
      { left, cell: cell('kills'), post: step({ exitCode: null, signal: 'SIGKILL' }), next: NAMED },
      [],
    ],
    [
      'the lock of a killed post is not named to the next job',
      { left, cell: cell('kills'), post: step({ exitCode: null }), next: red('No.') },
      ['lock left unsaid'],
    ],
    ['nobody took the lock', { post: step({ log: 'Error: Lock lost' }) }, ['false word']],
    ['nobody cancelled', { main: step({ summary: 'Cancelled' }) }, ['false word']],
    ['a snapshot is cut', { snapshots: [snapshot(STATE), snapshot(Buffer.from('{'))] }, ['damaged snapshot']],
    ['a snapshot is not there', { snapshots: [] }, ['snapshot missing']],
    ['a small fault fails main', { main: red('No.') }, ['main fails']],
    ['a small fault fails post', { post: red('No.') }, ['post fails']],
    [
      'an outage ends the wait for the lock',
      { cell: cell('outlasts', { step: 'main', name: 'PutItem lock' }), main: red('No.') },
      ['main fails'],
    ],
    [
      'an outage may fail main at the state',
      { cell: cell('outlasts', { step: 'main', name: 'GET state' }), main: red('No.'), snapshots: [] },
      [],
    ],
    ['an outage fails the release', { cell: cell('outlasts'), post: red('No.') }, ['post fails']],
    [
      'an outage may fail the snapshot after',
      { cell: cell('outlasts', { name: 'PUT snapshot' }), post: red('No.'), snapshots: [] },
      [],
    ],
  ])('%s', (_, differences, broken) => {
    expect(brokenPromises(evidence(differences))).toEqual(broken);
  });
});
