import { expect, test } from '@jest/globals';
import { BackendError, isBackendProblem } from '../src/backend-error.js';

const missing = new BackendError({ kind: 'no-such-bucket', bucket: 'states' }, { cause: 'the SDK' });

test('a backend error is found by the kinds that are asked for', () => {
  expect(isBackendProblem(missing, 'no-such-bucket')).toBe(true);
  expect(isBackendProblem(missing, 'access-denied', 'no-such-bucket')).toBe(true);
  expect(isBackendProblem(missing, 'access-denied')).toBe(false);
  expect(isBackendProblem(missing)).toBe(false);
  expect(isBackendProblem(new Error('no-such-bucket'), 'no-such-bucket')).toBe(false);
});

test('it keeps what it was made of', () => {
  expect(missing).toMatchObject({
    name: 'BackendError',
    message: 'Backend problem: no-such-bucket',
    cause: 'the SDK',
  });
});
