import { hostname, userInfo } from 'node:os';
import { describe, expect, test } from '@jest/globals';
import { machineNames } from '../../src/actions/machine-names.js';

describe('a Terraform of this job names itself by', () => {
  test('the machine, and our user or root', () => {
    expect(machineNames({})).toEqual({ users: [userInfo().username, 'root'], host: hostname() });
  });

  test.each([
    { env: { USER: 'runner' }, user: 'runner' },
    { env: {}, user: '' },
  ])('what Go makes of a user without an entry in /etc/passwd: "$user"', ({ env, user }) => {
    const nobody = () => {
      throw new Error('uv_os_get_passwd returned ENOENT');
    };
    expect(machineNames(env, nobody).users).toEqual([user, 'root']);
  });
});
