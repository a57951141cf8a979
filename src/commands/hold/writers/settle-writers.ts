import type { ProcessGuard } from '../../../config/settings.js';
import type { Clock } from '../../../job/clock.js';
import type { Processes } from '../../../job/processes.js';
import type { Report } from '../../../job/report.js';
import type { Runner } from '../../../job/runner.js';
import { heldMarks } from '../../../names/held-variable.js';
import { ifPossible } from '../if-possible.js';
import { type PostBudget, postBudget } from './post-budget.js';
import { stopWriters, type WritersOutcome } from './stop-writers.js';
import { formatStoppingRecord, parseStoppingRecord, STOPPING_VARIABLE } from './stopping-record.js';
import { interruptLine, stoppedWarning } from './writer-words.js';

/** What the post step looks for writers with. */
export interface SettleParts {
  readonly processes: Processes;
  readonly guard: ProcessGuard;
  /** The locks that this post step is to release. */
  readonly lockIds: readonly string[];
  /** As the machine told main; absent where it could not look. */
  readonly mainStartedAt?: number;
  /** Of the post step: it names the locks that the job still holds, and what earlier post steps did. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly runner: Pick<Runner, 'exportVariable'>;
  readonly report: Pick<Report, 'info' | 'warning'>;
  readonly clock: Clock;
}

/** Whether anything may still write, and how long the rest of the post step may take. */
export interface Settled {
  readonly outcome: WritersOutcome;
  readonly budget: PostBudget;
}

/** The first thing that post does: stops what this job left running, and says whom it stopped. */
export async function settleWriters(parts: SettleParts): Promise<Settled> {
  const { environment, guard, clock, report } = parts;
  const now = clock.now();
  const record = parseStoppingRecord(environment[STOPPING_VARIABLE], now);
  const remember = (next: typeof record) =>
    ifPossible(parts, () => parts.runner.exportVariable(STOPPING_VARIABLE, formatStoppingRecord(next)));
  remember(record);
  const budget = postBudget({
    now,
    since: record.since,
    locksHeld: heldMarks(environment).length,
    processTimeoutMs: guard.timeoutMs,
  });
  if (parts.mainStartedAt === undefined) return { outcome: { kind: 'cannot-look' }, budget };
  const outcome = await stopWriters({
    processes: parts.processes,
    clock,
    job: { lockIds: parts.lockIds, mainStartedAt: parts.mainStartedAt },
    guarded: guard.guarded,
    until: budget.stopUntil,
    record,
    remember,
    onInterrupt: (writer) => report.info(interruptLine(writer)),
  });
  if (outcome.kind === 'stopped') {
    const { title, message } = stoppedWarning(outcome);
    report.warning(title, message);
  }
  return { outcome, budget };
}
