import { expect, test } from '@jest/globals';
import { unlessAborted } from '../../src/job/unless-aborted.js';

const never = () => new Promise<never>(() => {});

test('gives what the work gives', async () => {
  const { signal } = new AbortController();
  expect(await unlessAborted(signal, async () => 1)).toBe(1);
  await expect(unlessAborted(signal, () => Promise.reject(new Error('No.')))).rejects.toThrow('No.');
});

test('waits for nothing once the signal aborts', async () => {
  const controller = new AbortController();
  const waiting = unlessAborted(controller.signal, never);
  controller.abort(new Error('Cancelled.'));
  await expect(waiting).rejects.toThrow('Cancelled.');
});

test('begins nothing where it has aborted', async () => {
  let begun = false;
  const work = async () => {
    begun = true;
  };
  await expect(unlessAborted(AbortSignal.abort(new Error('Cancelled.')), work)).rejects.toThrow('Cancelled.');
  expect(begun).toBe(false);
});
