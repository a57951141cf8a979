import { jobStatusInputs } from './attributes/job.js';
import type { Environment } from './environment.js';
import { InputReader } from './input-reader.js';

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
