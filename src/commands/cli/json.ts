import type { OutputName } from '../../job/runner.js';

/** The report of a command that has one; else its outputs, by their names, as texts. */
export function jsonOf(outputs: ReadonlyMap<OutputName, string>): string {
  return outputs.get('report') ?? JSON.stringify(Object.fromEntries(outputs));
}
