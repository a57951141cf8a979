import type { Clock } from '../../job/clock.js';
import { type ReadState, readState } from '../../state/read-state.js';
import type { StateSource } from '../../state/state-source.js';
import type { StateWriter } from '../../state/state-writer.js';

/** What is where the state should be. `digest` is what Terraform keeps as its digest, letter by letter. */
export type CurrentState = AbsentState | PresentState;

export interface AbsentState {
  readonly kind: 'absent';
  readonly digest?: string;
  /** The ETag of an object without a byte, which Terraform takes for no state. */
  readonly emptyObject?: string;
}

/** It may be anything: whether it is a state, its inspection tells. */
export interface PresentState extends ReadState {
  readonly kind: 'state';
}

/** What it takes to look at a state. */
export interface CurrentStateParts {
  readonly state: StateSource;
  readonly writer: StateWriter;
  readonly clock: Clock;
}

/** Reads what is there, once: whoever restores has the lock, so nobody is between the state and its digest. */
export async function lookAtCurrentState(
  { state, writer, clock }: CurrentStateParts,
  signal: AbortSignal,
): Promise<CurrentState> {
  const reading = await readState(state, { clock, digestPatienceMs: 0, signal });
  switch (reading.kind) {
    case 'state':
      return reading;
    case 'absent':
      return { kind: 'absent', digest: reading.digest, emptyObject: await writer.emptyObject(signal) };
    case 'unchanged':
      throw new Error('A reader that names no version cannot hear that it is unchanged.');
  }
}

/** Whether it can be read as a state, whatever its digest says. */
export function isReadable(current: CurrentState): current is PresentState {
  return current.kind === 'state' && current.inspection.doubts.length === 0;
}

/** The serial that it has, or seems to have; undefined where it does not tell. */
export function serialOf(current: CurrentState): number | undefined {
  return current.kind === 'state' ? current.inspection.header.serial : undefined;
}

/** The same of its lineage. */
export function lineageOf(current: CurrentState): string | undefined {
  return current.kind === 'state' ? current.inspection.header.lineage : undefined;
}
