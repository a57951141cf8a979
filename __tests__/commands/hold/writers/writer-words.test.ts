import { describe, expect, test } from '@jest/globals';
import {
  interruptLine,
  keptReason,
  leftLockWarning,
  stillWritingFailure,
  stoppedWarning,
} from '../../../../src/commands/hold/writers/writer-words.js';
import type { Writer } from '../../../../src/commands/hold/writers/writers.js';
import { LOCK_PATH, theirInfo } from '../../../../testing/test-data.js';

const writer = (pid: number, command = 'terraform'): Writer => ({
  pid,
  startedAt: 1,
  command,
  whose: 'ours',
  wraps: false,
});
const WAY = {
  lockPath: LOCK_PATH,
  runnerName: 'runner-1',
  unlockCommand: '`terraform force-unlock -force 1111`',
  commands: ['terraform force-unlock -force 1111'],
};

describe('a lock that is kept', () => {
  test('because Terraform does not stop names it, the runner, and the way out', () => {
    const { title, message } = stillWritingFailure(
      {
        kind: 'still-writing',
        reason: 'will-not-end',
        processes: [writer(4711, 'terragrunt'), writer(4712)],
        tookMs: 210_000,
      },
      WAY,
    );
    expect(title).toBe('Lock kept: Terraform still runs');
    expect(message).toBe(
      'On the runner runner-1, terragrunt (pid 4711) and terraform (pid 4712) of this job can still write the state. ' +
        'It was asked to stop by SIGINT, and had not ended after 3m 30s, so the lock ' +
        'states/network/terraform.tfstate was not released. A second signal would make Terraform lose what it has ' +
        'not written yet. When nothing of it runs any more, compare the state with its last snapshot, and free the ' +
        'lock with `terraform force-unlock -force 1111`.',
    );
  });

  test('because of a doubtful process says why it is doubtful, and that it was left alone', () => {
    const { title, message } = stillWritingFailure(
      { kind: 'still-writing', reason: 'doubtful', processes: [writer(4711)], tookMs: 0 },
      { ...WAY, runnerName: '' },
    );
    expect(title).toBe('Lock kept: Terraform may still run');
    expect(message).toMatch(
      /^On the runner, terraform \(pid 4711\) started while this job ran, and it cannot be told/,
    );
    expect(message).toContain('It was left alone');
    expect(message).toMatch(/free the lock with `terraform force-unlock -force 1111`\.$/);
  });

  test('because of a script that goes on says what may come of it', () => {
    const { title, message } = stillWritingFailure(
      { kind: 'still-writing', reason: 'goes-on', processes: [writer(9, 'deploy.sh')], tookMs: 210_000 },
      WAY,
    );
    expect(title).toBe('Lock kept: Terraform may run again');
    expect(message).toMatch(
      /^On the runner runner-1, deploy\.sh \(pid 9\) of this job had started a Terraform, which was stopped, and goes on/,
    );
    expect(message).toMatch(/free the lock with `terraform force-unlock -force 1111`\.$/);
  });

  test('says so in its record, however many they are', () => {
    const processes = [1, 2, 3, 4, 5, 6, 7].map((pid) => writer(pid));
    const outcome = { kind: 'still-writing', processes, tookMs: 1 } as const;
    expect(keptReason({ ...outcome, reason: 'will-not-end' })).toBe(
      'still written by terraform (pid 1), terraform (pid 2), terraform (pid 3), terraform (pid 4), ' +
        'terraform (pid 5) and 2 more',
    );
    expect(keptReason({ ...outcome, processes: [writer(1)], reason: 'doubtful' })).toBe(
      'may still be written by terraform (pid 1)',
    );
    expect(keptReason({ ...outcome, processes: [writer(9, 'deploy.sh')], reason: 'goes-on' })).toBe(
      'may be written by what deploy.sh (pid 9) starts next',
    );
  });
});

test('a Terraform that was stopped is a warning, with how long it took', () => {
  const { message } = stoppedWarning({ kind: 'stopped', processes: [writer(4711)], tookMs: 1_500 });
  expect(message).toContain(
    'left running what can write the state: terraform (pid 4711). It has stopped after 1s',
  );
});

test('a doubtful one that has ended by itself is not said to be of this job, nor to have been stopped', () => {
  const processes = [{ ...writer(4711), whose: 'doubtful' as const }];
  const { title, message } = stoppedWarning({ kind: 'stopped', processes, tookMs: 1_500 });
  expect(title).toBe('Terraform may have run on');
  expect(message).toBe(
    'When this job ended, terraform (pid 4711) ran, and it could not be told whether it was of this job. It was left ' +
      'alone, and has ended by itself after 1s, before the lock was released.',
  );
});

test('the log says at once who gets a signal', () => {
  expect(interruptLine(writer(4711, 'tofu'))).toMatch(/^tofu \(pid 4711\) of this job still runs\./);
});

test("Terraform's own lock that is left is named, with the command that frees it", () => {
  const { message } = leftLockWarning(theirInfo(), '`terraform force-unlock -force 2222`');
  expect(message).toContain(
    `its own lock of ${LOCK_PATH}: ID ${theirInfo().ID}, operation OperationTypeApply, since`,
  );
  expect(message).toMatch(/free it with `terraform force-unlock -force 2222`\.$/);
});
