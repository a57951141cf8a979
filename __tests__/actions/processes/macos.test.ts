import { describe, expect, jest, test } from '@jest/globals';
import { macosProcesses, type Ps } from '../../../src/actions/processes/macos.js';

const STARTED = Date.parse('2026-11-24T22:56:14Z');
const LISTING = `
    1     0     0 Ss   Tue Nov 24 20:00:01 2026     /sbin/launchd
  812     1   501 S    Tue Nov 24 22:50:00 2026     /Users/r/actions runner/bin/Runner.Worker
  900   812   501 S+   Tue Nov 24 22:56:14 2026     /opt/homebrew/bin/terraform
  901   812   501 S    Tue 24 Nov 22:56:14 2026     node
  902   812   501 Z    Tue Nov 24 22:56:14 2026     (terraform)
SELF    812   501 R    Tue Nov 24 22:57:00 2026     node
`;
const COMMANDS = `
    1 /sbin/launchd
  812 /Users/r/actions runner/bin/Runner.Worker spawnclient 1 2
  900 terraform apply -auto-approve
  901 node /opt/tools/terraform apply
SELF node post.js
`;
const withSelf = (text: string) => text.replaceAll('SELF', String(process.pid).padStart(5));

/** A `ps` that gives the answer to these arguments, and nothing to others. */
function psOf(answers: Readonly<Record<string, string>>): Ps {
  return async (args) => answers[args.join(' ')];
}

const LOOK = {
  '-axww -o pid=,ppid=,uid=,stat=,lstart=,comm=': withSelf(LISTING),
  '-axww -o pid=,args=': withSelf(COMMANDS),
};
const TERRAFORM = { pid: 900, startedAt: STARTED };
const RUNNING = { '-p 900 -o pid=,lstart=': '  900 Tue Nov 24 22:56:14 2026    \n' };
const ENVIRONMENT = {
  ...RUNNING,
  '-ww -p 900 -o args=': 'terraform apply A=1\n',
  '-Eww -p 900 -o args=': 'terraform apply A=1 PATH=/bin HELD_a=both:1 SECRET=HELD_b=2 HELD_c=\n',
};

describe('the processes of macOS', () => {
  test('are listed with their names, users and parents, and without those that have ended', async () => {
    const machine = await macosProcesses(psOf(LOOK)).look();
    expect(machine?.self).toMatchObject({ pid: process.pid, parent: 812, names: ['node', 'post.js'] });
    expect(machine?.others).toEqual([
      { pid: 1, startedAt: Date.parse('2026-11-24T20:00:01Z'), parent: 0, user: 0, names: ['launchd'] },
      {
        pid: 812,
        startedAt: Date.parse('2026-11-24T22:50:00Z'),
        parent: 1,
        user: 501,
        names: ['Runner.Worker', 'actions'],
      },
      { ...TERRAFORM, parent: 812, user: 501, names: ['terraform'] },
      { pid: 901, startedAt: STARTED, parent: 812, user: 501, names: ['node', 'terraform'] },
    ]);
  });

  test('cannot be looked at without ps', async () => {
    expect(await macosProcesses(psOf({})).look()).toBeUndefined();
  });

  test('tell of their environment what is asked for', async () => {
    const processes = macosProcesses(psOf(ENVIRONMENT));
    expect(await processes.variablesOf(TERRAFORM, 'HELD_')).toEqual({ HELD_a: 'both:1', HELD_c: '' });
  });

  test('of another user tell nothing', async () => {
    const hidden = { ...ENVIRONMENT, '-Eww -p 900 -o args=': 'terraform apply A=1\n' };
    expect(await macosProcesses(psOf(hidden)).variablesOf(TERRAFORM, 'HELD_')).toBe('unknown');
  });

  test('are gone when their ID is that of one that started later', async () => {
    const later = { ...ENVIRONMENT, '-p 900 -o pid=,lstart=': '  900 Tue Nov 24 22:56:15 2026\n' };
    const processes = macosProcesses(psOf(later));
    expect(await processes.variablesOf(TERRAFORM, 'HELD_')).toBe('gone');
    const kill = jest.spyOn(process, 'kill').mockReturnValue(true);
    expect(await processes.interrupt(TERRAFORM)).toBe('gone');
    expect(kill).not.toHaveBeenCalled();
    kill.mockRestore();
  });
});
