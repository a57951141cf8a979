import { describe, expect, test } from '@jest/globals';
import {
  formatRunState,
  newRunState,
  type Progress,
  parseRunState,
} from '../../../src/commands/hold/run-state.js';
import { START } from '../../../testing/fake-clock.js';
import { CREDENTIALS, lockHolder, lockInfo, testJob, testSettings } from '../../../testing/test-data.js';

const requested = { info: lockInfo(), requestedAt: START };
const acquired = {
  ...requested,
  held: { info: lockInfo(), holder: lockHolder(), version: '"etag with \\"quotes\\""' },
  acquiredAt: START + 90_000,
  waitedFor: ['ada@laptop'],
};
const snapshot = { phase: 'before', bucket: 'b', key: 'k', created: true, doubts: ['a'] } as const;

describe('what main saves, post reads', () => {
  test.each<[string, Progress]>([
    ['before the lock is asked for', { phase: 'requested', lock: requested }],
    ['once it is ours', { phase: 'holding', lock: acquired }],
    ['while it is given back', { phase: 'freeing', lock: requested }],
    [
      'when main is done',
      {
        phase: 'ready',
        lock: acquired,
        before: { state: { exists: true, serial: 7, resourceCount: 1 }, etag: '"e"', snapshot },
      },
    ],
    ['when there is no lock and no state', { phase: 'ready', before: { state: { exists: false } } }],
  ])('%s', (_, progress) => {
    const state = newRunState({
      settings: testSettings({ backend: { encryption: { kind: 'kms', keyId: 'k' } } }),
      credentials: { ...CREDENTIALS, sessionToken: 'a\nb "c" ü' },
      job: testJob(),
      progress,
    });
    expect(parseRunState(formatRunState(state))).toEqual(state);
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
    ['{"schema":2}', ''],
    ['{}', ''],
    ['null', ''],
    ['{"schema":1', ''],
    [
      `{"schema":2,"lock":{"ID":"${ID}"}}`,
      `If the lock ${ID} is still held, free it with \`terraform force-unlock -force ${ID}\`.`,
    ],
    ['{"schema":2,"lock":{"ID":"$(reboot)"}}', ''],
    [`{"schema":2,"lock":{"ID":"${'a'.repeat(65)}"}}`, ''],
  ])('%s', (text, wayOut) => {
    expect(() => parseRunState(text)).toThrow(
      expect.objectContaining({ title: 'Run state not understood', message: REFUSAL + wayOut }),
    );
  });
});
