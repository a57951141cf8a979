import { expect, test } from '@jest/globals';
import { parseGithubToken } from '../../src/config/github-token.js';

test('the GitHub token is the input, and never what the environment has', () => {
  expect(parseGithubToken({ INPUT_GITHUB_TOKEN: ' ghs_x ' })).toBe('ghs_x');
  expect(parseGithubToken({ INPUT_GITHUB_TOKEN: '', GITHUB_TOKEN: 'ghs_y' })).toBeUndefined();
});
