import * as core from '@actions/core';
import { ConfigError } from '../config/config-error.js';
import type { Runner } from '../job/runner.js';

/** The one value that main hands to post; the runner gives it back as `STATE_run`. */
const RUN_STATE = 'run';

/**
 * Post gets the run state as a variable of its environment. Linux starts no process with one of 131,072 bytes, and Windows none
 * with one of 32,767 characters: post would not run, and the lock would stay.
 *
 * @see https://man7.org/linux/man-pages/man2/execve.2.html MAX_ARG_STRLEN
 */
const MOST_BYTES = process.platform === 'win32' ? 32_000 : 130_000;

function refuseTooLong(text: string): void {
  const bytes = Buffer.byteLength(text);
  if (bytes <= MOST_BYTES) return;
  throw new ConfigError([
    `What this step has to hand to its post step is ${bytes} bytes long, and ${MOST_BYTES} can be handed over. ` +
      'Shorten what is very long in the configuration of the backend, such as a policy, tags or a list.',
  ]);
}

/** The runner that this process is a step of. */
export const githubRunner: Runner = {
  saveRunState: (text) => {
    refuseTooLong(text);
    core.saveState(RUN_STATE, text);
  },
  setOutput: (name, value) => core.setOutput(name, value),
  exportVariable: (name, value) => core.exportVariable(name, value),
};

/** @returns What main saved; empty if it saved nothing. */
export function savedRunState(): string {
  return core.getState(RUN_STATE);
}
