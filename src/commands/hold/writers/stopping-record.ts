import type { ProcessId } from '../../../job/processes.js';

/** The variable by which the post steps of one job know of each other. */
export const STOPPING_VARIABLE = 'LOCKKEEPER_STOPPING';

/** What the post steps of this job have done so far. */
export interface StoppingRecord {
  /** When the first one began, in milliseconds since the Unix epoch: the time of all of them runs from then. */
  readonly since: number;
  /** What SIGINT was sent to. Terraform loses the state at a second one. */
  readonly interrupted: readonly ProcessId[];
}

export function formatStoppingRecord({ since, interrupted }: StoppingRecord): string {
  return `${since};${interrupted.map(({ pid, startedAt }) => `${pid}:${startedAt}`).join()}`;
}

/**
 * Reads what an earlier post step of the job has exported. Nothing, or what cannot be read, is a job whose post steps
 * begin now.
 */
export function parseStoppingRecord(text: string | undefined, now: number): StoppingRecord {
  const [, since = now, list = ''] = /^(\d{1,15});([\d:,]*)$/.exec(text ?? '') ?? [];
  const interrupted = [...list.matchAll(/(\d+):(\d+)/g)].map(([, pid, startedAt]) => ({
    pid: Number(pid),
    startedAt: Number(startedAt),
  }));
  return { since: Math.min(Number(since), now), interrupted };
}

export function isSameProcess(one: ProcessId, other: ProcessId): boolean {
  return one.pid === other.pid && one.startedAt === other.startedAt;
}
