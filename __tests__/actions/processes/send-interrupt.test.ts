import { afterEach, expect, jest, test } from '@jest/globals';
import { sendInterrupt } from '../../../src/actions/processes/send-interrupt.js';

afterEach(() => {
  jest.restoreAllMocks();
});

test.each([
  ['gone', 'ESRCH'],
  ['refused', 'EPERM'],
])('a process that is %s is told as such', (outcome, code) => {
  jest.spyOn(process, 'kill').mockImplementation(() => {
    throw Object.assign(new Error(`kill ${code}`), { code });
  });
  expect(sendInterrupt(1)).toBe(outcome);
});

test('a process gets SIGINT, and nothing that would end it at once', () => {
  const kill = jest.spyOn(process, 'kill').mockReturnValue(true);
  expect(sendInterrupt(7)).toBe('sent');
  expect(kill.mock.calls).toEqual([[7, 'SIGINT']]);
});
