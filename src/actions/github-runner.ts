import * as core from '@actions/core';
import { formatRunState, parseRunState, type RunState } from '../commands/hold/run-state.js';
import type { Runner } from '../job/runner.js';

/** The one value that main hands to post; the runner gives it back as `STATE_run`. */
const RUN_STATE = 'run';

/** The runner that this process is a step of. */
export const githubRunner: Runner = {
  saveRunState: (state) => core.saveState(RUN_STATE, formatRunState(state)),
  setOutput: (name, value) => core.setOutput(name, value),
  exportVariable: (name, value) => core.exportVariable(name, value),
};

/** @returns What main saved; undefined if it saved nothing. */
export function savedRunState(): RunState | undefined {
  return parseRunState(core.getState(RUN_STATE));
}
