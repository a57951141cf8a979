import { expect, jest, test } from '@jest/globals';
import { consentTo } from '../../../src/commands/cli/consent.js';

const { signal } = new AbortController();
const answering = (answer: boolean) => jest.fn(async (_question: string) => answer);

test('who says --yes is not asked', async () => {
  const ask = answering(false);
  await consentTo('restore it', { yes: true, ask, signal });
  expect(ask).not.toHaveBeenCalled();
});

test('a person is asked, and says yes', async () => {
  const ask = answering(true);
  await consentTo('restore it', { yes: false, ask, signal });
  expect(ask.mock.calls[0]?.[0]).toContain('This will restore it.');
});

test('a person says anything else', async () => {
  await expect(consentTo('restore it', { yes: false, ask: answering(false), signal })).rejects.toMatchObject({
    title: 'Not confirmed',
    message: 'Nothing was done: the answer was not "yes".',
  });
});

test('nobody can be asked: it says how to go on', async () => {
  await expect(consentTo('restore it', { yes: false, signal })).rejects.toMatchObject({
    title: 'Not confirmed',
    message: expect.stringMatching(/this would restore it, .*--yes/),
  });
});
