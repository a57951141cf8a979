import { expect, test } from '@jest/globals';
import { lockPlace } from '../../src/names/lock-place.js';
import { testSettings } from '../../testing/test-data.js';

const { backend } = testSettings({ backend: { bucket: 'states', statePath: 'env:/prod/network.tfstate' } });

test('scope "state" is Terraform’s own lock', () => {
  expect(lockPlace(backend, 'state')).toEqual({
    bucket: 'states',
    path: 'states/env:/prod/network.tfstate',
    lockfileKey: 'env:/prod/network.tfstate.tflock',
  });
});

test('scope "pipeline" is one beside it, which Terraform neither takes nor takes for a state’s', () => {
  expect(lockPlace(backend, 'pipeline')).toEqual({
    bucket: 'states',
    path: 'states/env:/prod/network.tfstate.lockkeeper',
    lockfileKey: 'env:/prod/network.tfstate.lockkeeper.tflock',
  });
});
