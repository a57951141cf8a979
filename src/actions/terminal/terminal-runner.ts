import type { OutputName, Runner } from '../../job/runner.js';

/** A runner where there is none: what later steps would read is kept, and there are no later steps. */
export interface TerminalRunner extends Runner {
  /** In the order in which they were set. */
  readonly outputs: ReadonlyMap<OutputName, string>;
}

export function terminalRunner(): TerminalRunner {
  const outputs = new Map<OutputName, string>();
  return {
    outputs,
    saveRunState: () => {},
    setOutput: (name, value) => {
      outputs.set(name, value);
    },
    exportVariable: () => {},
  };
}
