import { expect, test } from '@jest/globals';
import { nearestName } from '../../../src/config/sources/nearest-name.js';

const NAMES = ['bucket', 'key', 'region', 'use_lockfile', 'use_path_style'];

test.each([
  ['buckett', 'bucket'],
  ['Bucket', 'bucket'],
  ['regoin', 'region'],
  ['use_lock_file', 'use_lockfile'],
  ['path_style', undefined],
  ['kye', 'key'],
  ['something_else', undefined],
  ['', undefined],
])('%s is near %s', (name, near) => expect(nearestName(name, NAMES)).toBe(near));
