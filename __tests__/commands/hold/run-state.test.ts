import { describe, expect, test } from '@jest/globals';
import { formatRunState, type Progress, parseRunState } from '../../../src/commands/hold/run-state.js';
import { VERSION } from '../../../src/names/version.js';
import { START } from '../../../testing/fake-clock.js';
import {
  acquiredClaim,
  CREDENTIALS,
  requestedClaim,
  testJob,
  testSettings,
} from '../../../testing/test-data.js';

const acquired = acquiredClaim({ acquiredAt: START + 90_000, waitedFor: [{ who: 'ada@laptop' }] });
const snapshot = { phase: 'before', bucket: 'b', key: 'k', created: true, doubts: ['a'] } as const;

describe('what main saves, post reads', () => {
  test.each<[string, Progress]>([
    ['before the lock is asked for', { phase: 'unfinished', claim: requestedClaim() }],
    ['once it is ours', { phase: 'unfinished', claim: acquired }],
    ['once it was given back', { phase: 'given-back' }],
    [
      'when main is done',
      {
        phase: 'ready',
        claim: acquired,
        before: { state: { exists: true, serial: 7, resourceCount: 1 }, etag: '"e"', snapshot },
      },
    ],
    ['when there is no lock and no state', { phase: 'ready', before: { state: { exists: false } } }],
  ])('%s', (_, progress) => {
    const settings = testSettings({ backend: { encryption: { kind: 'kms', keyId: 'k' } } });
    const credentials = { ...CREDENTIALS, sessionToken: 'a\nb "c" ü' };
    const state = {
      job: testJob(),
      jobStartedAt: START,
      mainStartedAt: 4_711,
      states: [{ settings, credentials, progress }],
    };
    expect(parseRunState(formatRunState(state))).toEqual({ version: VERSION, ...state });
  });
});

test('nothing saved is no run state: main asked for nothing', () => {
  expect(parseRunState('')).toBeUndefined();
});

describe('what is not a run state of this version is refused, and names the lock as far as it can be told', () => {
  const REFUSAL =
    'The main step was of another version of Lockkeeper than this post step, which cannot tell what there is to release. ';
  const ID = '11111111-1111-4111-8111-111111111111';

  test.each([
    ['{"version":"0.9.0"}', ''],
    ['{}', ''],
    ['null', ''],
    ['{"version":"1', ''],
    [
      `{"version":"0.9.0","lock":{"ID":"${ID}"}}`,
      `If the lock ${ID} is still held, free it with \`terraform force-unlock -force ${ID}\`.`,
    ],
    ['{"version":"0.9.0","lock":{"ID":"$(reboot)"}}', ''],
    [`{"version":"0.9.0","lock":{"ID":"${'a'.repeat(65)}"}}`, ''],
  ])('%s', (text, wayOut) => {
    expect(() => parseRunState(text)).toThrow(
      expect.objectContaining({ title: 'Run state not understood', message: REFUSAL + wayOut }),
    );
  });
});
