import { isDeepStrictEqual } from 'node:util';
import type { Collector } from './collector.js';
import type { Found } from './found.js';
import type { ConfigLine } from './lines.js';
import { resolveAttributes } from './resolve-attributes.js';

/**
 * Adds the lines of `backend_config` to what they complete: to what this job's `init` recorded where that was given them too,
 * else to what it would begin with anew. Of an `init` for another environment, nothing may stay.
 */
export function completedBy(lines: readonly ConfigLine[], found: Found): Found {
  const before = textsOf(found.collector);
  addLines(lines, found.collector);
  if (found.anew === undefined || isDeepStrictEqual(before, textsOf(found.collector))) return found;
  addLines(lines, found.anew.collector);
  return found.anew;
}

export function addLines(lines: readonly ConfigLine[], collector: Collector): void {
  for (const { argument, line } of lines) collector.add(argument, { kind: 'line', line });
}

/** By the names of inputs. */
function textsOf({ attributes }: Collector): ReadonlyMap<string, string> {
  return new Map([...resolveAttributes(attributes).given].map(([name, { text }]) => [name, text]));
}
