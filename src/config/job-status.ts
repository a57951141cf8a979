import type { Environment } from './environment.js';
import { type InputDeclarations, InputReader } from './input-reader.js';

/** Its default is an expression in action.yml, which the runner evaluates for post anew. */
export const jobStatusInputs = { job_status: {} } as const satisfies InputDeclarations;

/** How the job's steps went, as the runner calls it. */
export type JobStatus = 'success' | 'failure' | 'cancelled';

/**
 * How the job goes, in post. Nested composite actions can corrupt it, so it chooses words and nothing else.
 *
 * @returns undefined where it cannot be told.
 */
export function parseJobStatus(env: Environment): JobStatus | undefined {
  const text = new InputReader(env, jobStatusInputs, []).given('job_status')?.text;
  return STATUSES.find((status) => status === text);
}

const STATUSES: readonly JobStatus[] = ['success', 'failure', 'cancelled'];
