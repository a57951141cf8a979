import { expect, jest, test } from '@jest/globals';

const setSecret = jest.fn();
jest.unstable_mockModule('@actions/core', () => ({ setSecret }));
const { mask, withoutSecrets } = await import('../../src/actions/masking.js');

test('each secret is masked by the runner', () => {
  mask(['key', 'token']);
  expect(setSecret.mock.calls).toEqual([['key'], ['token']]);
});

test('no secret is left in a text, whole or in part of another', () => {
  mask(['abc', 'abcdef', '']);
  expect(withoutSecrets('abcdef, abc, key and ab')).toBe('***, ***, *** and ab');
});

test('nor in a form in which it was written or sent', () => {
  const secret = 'a/b "c"+d\n';
  mask([secret, '\ud800 alone']);
  const forms = [secret, JSON.stringify(secret), encodeURIComponent(secret), btoa(secret)];
  expect(forms.map(withoutSecrets)).toEqual(['***', '"***"', '***', '***']);
});
