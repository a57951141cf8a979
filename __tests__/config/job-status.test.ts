import { expect, test } from '@jest/globals';
import { parseJobStatus } from '../../src/config/job-status.js';

test.each(['success', 'failure', 'cancelled'] as const)(
  'a job that ends with %s is told by that',
  (status) => {
    expect(parseJobStatus({ INPUT_JOB_STATUS: status })).toBe(status);
  },
);

test.each([undefined, '', 'Success', '{"outer": "input"}'])('%j tells nothing', (text) => {
  expect(parseJobStatus({ INPUT_JOB_STATUS: text })).toBeUndefined();
});
