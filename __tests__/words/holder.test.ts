import { describe, expect, test } from '@jest/globals';
import { describeHolder } from '../../src/words/holder.js';
import { START } from '../../testing/fake-clock.js';
import { lockHolder, lockInfo, THEIR_ID, theirInfo, theirLock } from '../../testing/test-data.js';

describe('who holds a lock, in one line', () => {
  test('a job of ours: its run, its page, its lock', () => {
    const held = { info: lockInfo({ Created: '2026-11-22T00:00:00Z' }), holder: lockHolder(), version: 'v' };
    expect(describeHolder(held, START)).toBe(
      'octocat@runner-1 since 2026-11-22T00:00:00Z (1h 15m); operation lockkeeper; ' +
        'lock ID 11111111-1111-4111-8111-111111111111; job "apply" of acme/infrastructure, ' +
        'https://github.com/acme/infrastructure/actions/runs/4711/attempts/1',
    );
  });

  test('a job of ours that has kept it: why', () => {
    const holder = lockHolder({ kept: `still written by ${'t'.repeat(200)}` });
    expect(describeHolder({ info: lockInfo(), holder, version: 'v' }, START)).toMatch(
      /\/attempts\/1; kept on purpose by its post step: still written by t{183}…$/,
    );
  });

  test('somebody’s Terraform: what it does, and what it says', () => {
    expect(describeHolder(theirLock({ Info: 'by hand' }), START)).toBe(
      'ada@laptop since 2026-11-22T01:05:51Z (9m 59s); operation OperationTypeApply; ' +
        `lock ID ${THEIR_ID}; by hand`,
    );
  });

  test('other people’s text is cut, so that the rest of the message is seen', () => {
    const text = describeHolder(theirLock({ Who: 'w'.repeat(201), Info: 'i'.repeat(200) }), START);
    expect(text).toBe(
      `${'w'.repeat(200)}… since 2026-11-22T01:05:51Z (9m 59s); operation OperationTypeApply; ` +
        `lock ID ${THEIR_ID}; ${'i'.repeat(200)}`,
    );
  });

  test('a holder whose clock is ahead of ours has held it for no time yet', () => {
    expect(describeHolder(theirLock({ Created: '2026-11-22T02:00:00Z' }), START)).toContain('(0ms)');
  });

  test.each([
    [
      { ID: 'i', Operation: '', Info: '', Who: '', Version: '', Created: '', Path: '' },
      'somebody since an unknown time; lock ID i',
    ],
    [{ ...theirInfo(), Created: 'yesterday' }, 'ada@laptop since yesterday; operation'],
    [{ ...theirInfo(), ID: '' }, 'lock ID unknown'],
  ])('a record that says little: %j', (info, words) => {
    expect(describeHolder({ info, version: 'v' }, START)).toContain(words);
  });

  test('a record that nobody can read', () => {
    expect(describeHolder({ version: 'not json' }, START)).toBe(
      'an unreadable record, not written by Terraform',
    );
  });
});
