import type { Job } from '../../job/job.js';
import type { Holder, LockRecord } from '../../lock/lock.js';
import { formatCreated } from '../../lock/lock-info.js';
import { VERSION } from '../../names/version.js';

/** What is written into a record beside what is known of the job. */
export interface RecordFacts {
  /** Of the lock: a UUID. */
  readonly id: string;
  /** Of the lock: `<bucket>/<path>`. */
  readonly path: string;
  /** Milliseconds since the Unix epoch. */
  readonly now: number;
  /** Whether post will be able to look for processes that still write. */
  readonly looks: boolean;
}

/** The record that this job asks for. */
export function lockRecord(job: Job, { id, path, now, looks }: RecordFacts): LockRecord {
  const info = {
    ID: id,
    Operation: 'lockkeeper',
    Info: oneLine(`${job.runUrl} job ${job.name} of ${job.repository}`),
    Who: oneLine(`${job.actor}@${job.runnerName}`),
    Version: VERSION,
    Created: formatCreated(now),
    Path: path,
  };
  return { info, holder: { ...holderOf(job), looks } };
}

/** The record that a person asks for, from a terminal: without a holder, for no job will be there to be asked for. */
export function personsLockRecord(
  { actor, runnerName }: Pick<Job, 'actor' | 'runnerName'>,
  { id, path, now }: Omit<RecordFacts, 'looks'>,
): LockRecord {
  const info = {
    ID: id,
    Operation: 'lockkeeper',
    Info: 'the command line of Lockkeeper',
    Who: oneLine(`${actor}@${runnerName}`),
    Version: VERSION,
    Created: formatCreated(now),
    Path: path,
  };
  return { info };
}

/** Terraform prints the record to other people's terminals, so nothing in it may be a control character. */
const oneLine = (text: string) => text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();

/** S3 takes 2 KB of metadata, in which a character that is not ASCII may count nine times. */
const LONGEST_ENCODED = 200;

function holderOf(job: Job): Holder {
  return {
    repository: short(job.repository),
    workflow: short(job.workflow),
    runId: job.runId,
    runAttempt: job.runAttempt,
    ...(job.runNumber && { runNumber: job.runNumber }),
    job: short(job.name),
    runnerName: short(job.runnerName),
    runUrl: job.runUrl,
  };
}

function short(text: string): string {
  let end = Math.min(text.length, LONGEST_ENCODED);
  while (encodeURIComponent(text.slice(0, end).toWellFormed()).length > LONGEST_ENCODED) end--;
  return text.slice(0, end).toWellFormed();
}
