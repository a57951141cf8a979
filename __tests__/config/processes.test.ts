import { describe, expect, test } from '@jest/globals';
import type { ProcessGuard } from '../../src/config/settings.js';
import { problemsOf, settingsOf } from './environment.js';

test('without anything, only Terraform and its kin are guarded, for all the time that post has', () => {
  expect(settingsOf().processes).toEqual({ guarded: [] });
});

describe('what is read', () => {
  test.each<[Record<string, string>, ProcessGuard]>([
    [{ guard_processes: 'pulumi' }, { guarded: ['pulumi'] }],
    [{ guard_processes: '\n  pulumi\n\n\tmy.tool-2 \r\npulumi\n' }, { guarded: ['pulumi', 'my.tool-2'] }],
    [{ process_timeout: '90s' }, { guarded: [], timeoutMs: 90_000 }],
    [{ process_timeout: '0s' }, { guarded: [], timeoutMs: 0 }],
  ])('%j', (values, guard) => expect(settingsOf(values).processes).toEqual(guard));
});

describe('what is refused', () => {
  const NAMES =
    'Input "guard_processes" must be names of programs, one a line, each without its folder, its arguments and spaces, such as "pulumi"';
  test.each<[Record<string, string>, string]>([
    [{ guard_processes: 'pulumi\n/usr/bin/tool' }, `${NAMES}; got "/usr/bin/tool".`],
    [{ guard_processes: 'pulumi up' }, `${NAMES}; got "pulumi up".`],
    [{ guard_processes: '..' }, `${NAMES}; got "..".`],
    [{ process_timeout: 'ten' }, 'Input "process_timeout" must be a duration such as 90s or 10m; got "ten".'],
  ])('%j', (values, problem) => expect(problemsOf(values)).toEqual([problem]));
});
