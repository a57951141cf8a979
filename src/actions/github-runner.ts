import * as core from '@actions/core';
import type { Runner } from '../job/runner.js';

/** The one value that main hands to post; the runner gives it back as `STATE_run`. */
const RUN_STATE = 'run';

/** The runner that this process is a step of. */
export const githubRunner: Runner = {
  saveRunState: (text) => core.saveState(RUN_STATE, text),
  setOutput: (name, value) => core.setOutput(name, value),
  exportVariable: (name, value) => core.exportVariable(name, value),
};

/** @returns What main saved; empty if it saved nothing. */
export function savedRunState(): string {
  return core.getState(RUN_STATE);
}
