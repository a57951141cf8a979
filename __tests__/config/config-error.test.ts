import { expect, test } from '@jest/globals';
import { ConfigError } from '../../src/config/config-error.js';

test('a configuration error lists every problem, one a line', () => {
  const error = new ConfigError(['Input "a" is required.', 'Input "b" is required.']);
  expect(error).toBeInstanceOf(Error);
  expect(error.name).toBe('ConfigError');
  expect(error.message).toBe('Input "a" is required.\nInput "b" is required.');
  expect(error.problems).toEqual(['Input "a" is required.', 'Input "b" is required.']);
});
