import * as core from '@actions/core';
import { CancelledError } from '../job/cancelled-error.js';
import type { Problem } from '../job/problem.js';
import { harmless } from './github-report.js';

/** How a step is run: what it does, and how its errors are told. */
export interface Step {
  /**
   * @param signal Aborts when the runner cancels the step.
   * @param over Aborts when the work has ended: what is still being asked for then would only keep the process alive.
   */
  readonly work: (signal: AbortSignal, over: AbortSignal) => Promise<void>;
  readonly failuresIn: (error: unknown) => readonly Problem[];
  /** Tells of one, and returns with what status the process ends; an error of the job's log, and 1, unless given. */
  readonly tell?: (failure: Problem) => number;
}

/**
 * Runs a step to its end, and fails it for whatever goes wrong. The one place that does.
 *
 * The runner cancels a step by SIGINT, and 7.5 s later by SIGTERM: neither ends the process here, so that the work
 * can free what it holds.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-cancellation
 */
export async function run({ work, failuresIn, tell = tellJob }: Step): Promise<void> {
  const cancellation = new AbortController();
  const ending = new AbortController();
  const cancel = (name: string) => cancellation.abort(new CancelledError(`The runner sent ${name}.`));
  process.on('SIGINT', cancel);
  process.on('SIGTERM', cancel);
  const told = new Set<unknown>();
  const fail = (error: unknown) => {
    for (const failure of failuresIn(error)) {
      const { cause = failure } = failure;
      if (!told.has(cause)) process.exitCode = Math.max(tell(failure), Number(process.exitCode ?? 0));
      told.add(cause);
    }
  };
  process.on('unhandledRejection', fail);
  // The step has failed, but what it holds can still be freed.
  process.on('uncaughtException', (error: NodeJS.ErrnoException) => {
    process.exitCode = core.ExitCode.Failure;
    // Nobody reads the log any more: to say so would be the next such error.
    if (error.code !== 'EPIPE') fail(error);
    cancellation.abort(error);
  });
  try {
    await work(cancellation.signal, ending.signal);
  } catch (error) {
    fail(error);
  } finally {
    ending.abort();
    process.off('SIGINT', cancel);
    process.off('SIGTERM', cancel);
  }
}

function tellJob({ title, message, stack }: Problem): number {
  core.error(harmless(message), { title: harmless(title) });
  core.debug(harmless(stack ?? ''));
  return core.ExitCode.Failure;
}
