import { expect, test } from '@jest/globals';
import { type Command, commandNames } from '../../../src/actions/processes/command-names.js';

const WRAPPER = '/opt/hostedtoolcache/terraform';

test.each<[string, Command, string[]]>([
  ['a binary', { executable: '/usr/bin/terraform', arguments: ['terraform', 'apply'] }, ['terraform']],
  ['a binary behind a link', { executable: '/opt/tofu_1.9', arguments: ['/bin/tofu'] }, ['tofu_1.9', 'tofu']],
  ['a binary that cannot be seen', { arguments: ['/usr/bin/terraform', 'plan'] }, ['terraform']],
  [
    'a provider',
    { executable: '/x/terraform-provider-aws_v5', arguments: ['terraform-provider-aws_v5'] },
    ['terraform-provider-aws_v5'],
  ],
  [
    'a Node script',
    { executable: '/usr/bin/node', arguments: ['node', WRAPPER, 'apply'] },
    ['node', 'terraform'],
  ],
  [
    'one with options',
    { executable: '/usr/bin/node', arguments: ['node', '--no-warnings', '-r', 'x', WRAPPER] },
    ['node', 'terraform'],
  ],
  [
    'a shell script',
    { executable: '/usr/bin/bash', arguments: ['/bin/bash', '-e', './terraform'] },
    ['bash', 'terraform'],
  ],
  [
    'one with pipefail',
    { executable: '/usr/bin/bash', arguments: ['bash', '--noprofile', '-eo', 'pipefail', 'terraform'] },
    ['bash', 'terraform'],
  ],
  [
    'one of BusyBox',
    { executable: '/bin/busybox', arguments: ['sh', '/bin/terraform'] },
    ['busybox', 'sh', 'terraform'],
  ],
  [
    'a Python script',
    { executable: '/usr/bin/python3.11', arguments: ['python3', '-u', '/bin/lokoctl'] },
    ['python3.11', 'python3', 'lokoctl'],
  ],
  ['a login shell', { executable: '/usr/bin/bash', arguments: ['-bash'] }, ['bash']],
  [
    'a command of a shell',
    { executable: '/usr/bin/bash', arguments: ['bash', '-ec', 'terraform apply', 'terraform'] },
    ['bash'],
  ],
  ['code of Node', { executable: '/usr/bin/node', arguments: ['node', '-e', 'terraform'] }, ['node']],
  ['what only speaks of it', { executable: '/usr/bin/tee', arguments: ['tee', 'terraform'] }, ['tee']],
  ['a kernel thread', { arguments: [''] }, []],
])('%s', (_name, command, names) => {
  expect(commandNames(command)).toEqual(names);
});
