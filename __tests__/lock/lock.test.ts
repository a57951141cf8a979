import { describe, expect, test } from '@jest/globals';
import { LockLostError, LockTimeoutError } from '../../src/lock/lock.js';
import { THEIR_ID, theirLock } from '../../testing/test-data.js';

describe('an error of a lock says in one sentence what became of it', () => {
  test.each([
    [new LockLostError('b/p', theirLock()), `The lock b/p is held by ${THEIR_ID}.`],
    [new LockLostError('b/p', { version: 'not json' }), 'The lock b/p is held by an unreadable record.'],
    [new LockLostError('b/p'), 'The lock b/p is gone.'],
    [
      new LockTimeoutError('b/p', { waitedMs: 2_500, answered: true }),
      'The lock b/p was not free within 2500 ms.',
    ],
  ])('%s', (error, message) => {
    expect(error.message).toBe(message);
    expect(error).toMatchObject({ path: 'b/p', name: error.constructor.name });
  });
});
