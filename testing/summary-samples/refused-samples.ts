import { heldByThisJob, notAcquired } from '../../src/commands/hold/not-acquired.js';
import { notReleased } from '../../src/commands/hold/not-released.js';
import { leftoverBlocks, type NotStarted, notStartedBlocks } from '../../src/commands/hold/not-started.js';
import { parseRunState } from '../../src/commands/hold/run-state.js';
import { ConfigError } from '../../src/config/config-error.js';
import type { Settings } from '../../src/config/settings.js';
import type { RunStatus } from '../../src/lock/liveness.js';
import { type HeldLock, LockTimeoutError } from '../../src/lock/lock.js';
import { explain } from '../../src/words/explain.js';
import { Failure } from '../../src/words/failure.js';
import { START } from '../fake-clock.js';
import {
  LOCK_PATH,
  lockHolder,
  lockInfo,
  OUR_ID,
  requestedClaim,
  testJob,
  testSettings,
  theirLock,
} from '../test-data.js';
import { DENIED, OTHER_RUN, type SummarySample } from './sample-facts.js';

const SETTINGS = testSettings();
const PIPELINE = testSettings({
  locking: { lock: { kind: 'both', table: 'terraform-locks' }, scope: { kind: 'pipeline' } },
});

const DEPLOY: HeldLock = {
  info: lockInfo({ Who: 'octocat@GitHub Actions 12', Created: '2026-11-22T01:03:47Z' }),
  holder: lockHolder({ job: 'production', runId: '4690', runNumber: '118', runUrl: OTHER_RUN }),
  version: 'v',
};
const KEPT: HeldLock = {
  ...DEPLOY,
  holder: lockHolder({ job: 'production', runUrl: OTHER_RUN, kept: 'still written by terraform (pid 4711)' }),
};

function refused(
  by: HeldLock,
  status?: RunStatus,
  settings: Settings = SETTINGS,
): readonly [Failure, NotStarted] {
  const waited = { waitedMs: 600_000, answered: true, by };
  const facts = { settings, status, runUrl: testJob().runUrl, now: START };
  return [notAcquired(new LockTimeoutError(LOCK_PATH, waited), facts), { settings, lock: 'not-held' }];
}

const PROBLEMS = new ConfigError([
  'Input "lock_timeout" must be a duration such as 90s or 10m; got "ten".',
  'Input "bucket" is required.',
  'Set "dynamodb_table" or "use_lockfile" for scope "pipeline".',
]);
const NO_ANSWER = new LockTimeoutError(LOCK_PATH, { waitedMs: 600_000, answered: false });
const NOT_ACQUIRED = notAcquired(NO_ANSWER, { settings: SETTINGS, runUrl: testJob().runUrl, now: START });
const CANCELLED = new Failure('Cancelled', 'The job was cancelled before it could start its work.');

const FAILURES: Readonly<Record<string, readonly [Failure, NotStarted]>> = {
  'locked-by-a-job-that-goes-on': refused(DEPLOY, { ended: false }),
  'locked-by-a-job-that-ended': refused(DEPLOY, { ended: true, conclusion: 'cancelled' }),
  'locked-by-a-person': refused(theirLock({ Created: '2026-11-19T21:37:12.123456789Z' })),
  'locked-and-kept': refused(KEPT, { ended: true, conclusion: 'cancelled' }),
  'locked-by-what-nobody-can-read': refused({ version: 'v' }),
  'pipeline-locked': refused(DEPLOY, { ended: false }, PIPELINE),
  'locked-by-this-job': [heldByThisJob(LOCK_PATH, OUR_ID), { settings: SETTINGS, lock: 'not-held' }],
  'no-answer': [NOT_ACQUIRED, { settings: SETTINGS, lock: 'not-held' }],
  'access-denied': [explain(DENIED), { settings: SETTINGS, lock: 'given-back' }],
  'access-denied-lock-left': [explain(DENIED), { settings: SETTINGS, lock: 'left' }],
  cancelled: [CANCELLED, { settings: SETTINGS, lock: 'given-back' }],
  configuration: [explain(PROBLEMS), { lock: 'untouched' }],
  'run-state-not-understood': [runStateFailure(), {}],
  'leftover-not-released': [notReleased(DENIED, requestedClaim(), SETTINGS), { settings: SETTINGS }],
};

function runStateFailure(): Failure {
  try {
    parseRunState(`{"version":"0.9.0","ID":"${OUR_ID}","Path":"${LOCK_PATH}.lockkeeper"}`);
  } catch (error) {
    return explain(error);
  }
  throw new Error('A run state of another version was expected to be refused.');
}

/** Of steps whose job did not start. */
export const REFUSED_SAMPLES: readonly SummarySample[] = [
  ...Object.entries(FAILURES).map(([name, [failure, facts]]) => ({
    name,
    blocks: notStartedBlocks(failure, facts),
  })),
  { name: 'leftover-released', blocks: leftoverBlocks(SETTINGS) },
];
