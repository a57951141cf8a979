import { describe, expect, test } from '@jest/globals';
import { statePathOf } from '../../src/names/state-path.js';

describe('the state path', () => {
  test.each([
    [{ workspace: 'default', workspaceKeyPrefix: 'env:', key: './a/../b' }, './a/../b'],
    [{ workspace: 'prod', workspaceKeyPrefix: 'env:', key: 'a/b' }, 'env:/prod/a/b'],
    [{ workspace: 'prod', workspaceKeyPrefix: 'env:', key: './a' }, 'env:/prod/a'],
    [{ workspace: 'prod', workspaceKeyPrefix: 'ws//x', key: 'a/../b' }, 'ws/x/prod/b'],
    [{ workspace: '..', workspaceKeyPrefix: 'env:', key: 'a' }, 'a'],
  ])('of %j is what Terraform makes of it', (state, path) => expect(statePathOf(state)).toBe(path));
});
