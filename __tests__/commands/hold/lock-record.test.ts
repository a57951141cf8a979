import { describe, expect, test } from '@jest/globals';
import { lockRecord } from '../../../src/commands/hold/lock-record.js';
import { VERSION } from '../../../src/names/version.js';
import { START } from '../../../testing/fake-clock.js';
import { lockHolder, OUR_ID, testJob } from '../../../testing/test-data.js';

describe('the record that a job asks for', () => {
  const recordFor = (job = testJob()) =>
    lockRecord(job, { id: OUR_ID, path: 'b/p', now: START, looks: true });

  test('says who asks, from where, and is made for people', () => {
    expect(recordFor()).toEqual({
      holder: lockHolder({ looks: true }),
      info: {
        ID: OUR_ID,
        Operation: 'lockkeeper',
        Info: 'https://github.com/acme/infrastructure/actions/runs/4711/attempts/1 job apply of acme/infrastructure',
        Who: 'octocat@runner-1',
        Version: VERSION,
        Created: '2026-11-22T01:15:51Z',
        Path: 'b/p',
      },
    });
  });

  test('has no control characters: Terraform prints it to other people’s terminals', () => {
    const job = testJob({ actor: 'a\u001b[31m\nb', name: 'x\r\n\u2028\u0000y', runnerName: 'r\u009b\t' });
    const { Who, Info } = recordFor(job).info;
    expect(Who).toBe('a [31m b@r');
    expect(Info).toContain(' job x y of ');
  });

  test('long names from the workflow are cut: metadata is small', () => {
    const long = 'ü'.repeat(500);
    const cut = 'ü'.repeat(33);
    const { holder } = recordFor(testJob({ workflow: long, name: long, runnerName: long }));
    expect(holder).toEqual(lockHolder({ looks: true, workflow: cut, job: cut, runnerName: cut }));
  });
});
