import type { processInputs } from './attributes/job.js';
import { duration, type Format } from './formats.js';
import type { InputReader } from './input-reader.js';
import { quote } from './quoting.js';
import type { ProcessGuard } from './settings.js';

const EXPECTED =
  'names of programs, one a line, each without its folder, its arguments and spaces, such as "pulumi"';

/** Base names of programs, one a line. */
const programNames: Format<readonly string[]> = (text) => {
  const names = text.split('\n').map((line) => line.trim());
  const bad = names.find((name) => /[\s/\\]/.test(name) || /^\.{1,2}$/.test(name));
  if (bad !== undefined) return { expected: EXPECTED, got: quote(bad) };
  return { value: [...new Set(names.filter((name) => name !== ''))] };
};

/** Which processes post stops before it releases the lock, and how long it waits for them. */
export function parseProcesses(inputs: InputReader<typeof processInputs>): ProcessGuard {
  return {
    guarded: inputs.read('guard_processes', programNames) ?? [],
    timeoutMs: inputs.read('process_timeout', duration),
  };
}
