import { parseRunState, type RunState } from '../src/commands/hold/run-state.js';
import type { Runner } from '../src/job/runner.js';

/** A runner that keeps what it is told. */
export interface RecordingRunner extends Runner {
  readonly outputs: Readonly<Record<string, string>>;
  readonly variables: Readonly<Record<string, string>>;
  /** How far main had come each time it saved. */
  readonly phases: readonly string[];
  /** What post would be handed now; it has been through the runner, as text. */
  savedRunState(): RunState | undefined;
}

export function recordingRunner(): RecordingRunner {
  const outputs: Record<string, string> = {};
  const variables: Record<string, string> = {};
  const phases: string[] = [];
  let saved = '';
  return {
    outputs,
    variables,
    phases,
    savedRunState: () => parseRunState(saved),
    saveRunState: (text) => {
      saved = text;
      const state = parseRunState(text);
      if (state) phases.push(state.progress.phase);
    },
    setOutput: (name, value) => {
      outputs[name] = value;
    },
    exportVariable: (name, value) => {
      variables[name] = value;
    },
  };
}
