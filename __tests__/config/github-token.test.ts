import { expect, test } from '@jest/globals';
import { parseGithubToken } from '../../src/config/github-token.js';

test('the token is the input alone', () => {
  expect(parseGithubToken({ INPUT_GITHUB_TOKEN: ' ghs_x ' })).toBe('ghs_x');
  expect(parseGithubToken({ INPUT_GITHUB_TOKEN: '', GITHUB_TOKEN: 'ghs_y' })).toBeUndefined();
});
