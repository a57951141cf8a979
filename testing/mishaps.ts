import type { StepHandle } from './runner.js';
import type { Environment } from './runner-environment.js';

/** What can go wrong inside of a step, and no server can bring about. */
export type Mishap = 'uncaught exception' | 'full disk' | 'disk with room for five variables' | Circumstance;

/** What is so from the start. `nameless user`: the container runs as an ID that `/etc/passwd` does not have. */
export type Circumstance = 'nameless user';

/** Preloaded into every process of a job; see there. */
const PRELOAD = new URL('mishap-preload.js', import.meta.url);

/** The environment of a job in whose steps that may happen. */
export function mayMeet(mishap: Mishap): Environment {
  return { NODE_OPTIONS: `--import=${PRELOAD.href}`, MISHAP: mishap };
}

/** Lets it happen now, if it is no circumstance. Resolves once it has. */
export async function letHappen({ sendSignal, waitForLog }: StepHandle): Promise<void> {
  sendSignal('SIGUSR2');
  await waitForLog('A mishap befalls the step.');
}
