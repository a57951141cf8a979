import { type Progress, parseRunState, type RunState } from '../src/commands/hold/run-state.js';
import type { Runner } from '../src/job/runner.js';

/** A runner that keeps what it is told. */
export interface RecordingRunner extends Runner {
  readonly outputs: Readonly<Record<string, string>>;
  readonly variables: Readonly<Record<string, string>>;
  /** How far main had come each time it saved. */
  readonly phases: readonly string[];
  /** What post would be handed now; it has been through the runner, as text. */
  savedRunState(): RunState | undefined;
  /** How far main says that it came with its one state. */
  savedProgress(): Progress | undefined;
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
    savedProgress: () => parseRunState(saved)?.states[0]?.progress,
    saveRunState: (text) => {
      saved = text;
      phases.push(...(parseRunState(text)?.states ?? []).map(({ progress }) => progress.phase));
    },
    setOutput: (name, value) => {
      outputs[name] = value;
    },
    exportVariable: (name, value) => {
      variables[name] = value;
    },
  };
}
