import { expect, test } from '@jest/globals';
import { leftByJob } from '../../src/lock/left-by-job.js';
import { formatLockInfo } from '../../src/lock/lock-info.js';
import { lockHolder, theirInfo } from '../../testing/test-data.js';

const TRACE = {
  users: ['runner', 'root'],
  host: 'vm-1',
  since: Date.parse('2026-11-22T01:05:51.249Z'),
};
const INFO = theirInfo({ Who: 'runner@vm-1', Created: '2026-11-22T01:05:51.249000001Z' });
const VERSION = formatLockInfo(INFO);

test.each([INFO, { ...INFO, Who: 'root@vm-1' }])(
  'the lock that Terraform took in this job is found: $Who',
  (info) => {
    expect(leftByJob({ info, version: VERSION }, TRACE)).toBe(info);
  },
);

test.each([
  ['of another user', { info: { ...INFO, Who: 'ada@vm-1' } }],
  ['of another machine', { info: { ...INFO, Who: 'runner@vm-2' } }],
  ['from before main', { info: { ...INFO, Created: '2026-11-22T01:05:51.248Z' } }],
  ['from no known time', { info: { ...INFO, Created: 'yesterday' } }],
  ['of a job with Lockkeeper', { info: INFO, holder: lockHolder() }],
  ['that cannot be read', {}],
])('a lock %s is nobody’s that we know', (_name, held) => {
  expect(leftByJob({ ...held, version: VERSION }, TRACE)).toBeUndefined();
});
