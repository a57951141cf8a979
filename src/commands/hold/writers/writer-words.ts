import type { LockInfo } from '../../../lock/lock-info.js';
import { formatDuration } from '../../../words/duration.js';
import { Failure } from '../../../words/failure.js';
import { withCommandsBelow } from '../../../words/how-to-unlock.js';
import type { WritersOutcome } from './stop-writers.js';
import type { Writer } from './writers.js';

type StillWriting = Extract<WritersOutcome, { kind: 'still-writing' }>;
type Stopped = Extract<WritersOutcome, { kind: 'stopped' }>;

/** The reason is in the holder, which is short: S3 keeps it in 2 KB of metadata. */
const MOST_NAMED = 5;

/** What a process is called in a sentence. Its arguments can hold secrets, so they are never shown. */
const nameOf = ({ command, pid }: Writer) => `${command} (pid ${pid})`;

function listed(processes: readonly Writer[]): string {
  const named = processes.slice(0, MOST_NAMED).map(nameOf);
  const more = processes.length - named.length;
  const all = more > 0 ? [...named, `${more} more`] : named;
  return all.length > 1 ? `${all.slice(0, -1).join(', ')} and ${all.at(-1)}` : all.join();
}

/** For the log, as soon as it happens. */
export function interruptLine(writer: Writer): string {
  return `${nameOf(writer)} of this job still runs. It was sent SIGINT, so that it writes its state and stops.`;
}

/** A job whose Terraform had to be stopped is not as it was meant to be, even if all went well then. */
export function stoppedWarning({ processes, tookMs }: Stopped): { title: string; message: string } {
  if (processes.every(({ whose }) => whose === 'doubtful')) {
    return {
      title: 'Terraform may have run on',
      message:
        `When this job ended, ${listed(processes)} ran, and it could not be told whether it was of this job. It was left ` +
        `alone, and has ended by itself after ${formatDuration(tookMs)}, before the lock was released.`,
    };
  }
  return {
    title: 'Terraform was stopped',
    message:
      `Steps of this job had ended and left running what can write the state: ${listed(processes)}. ` +
      `It has stopped after ${formatDuration(tookMs)}, before the lock was released.`,
  };
}

/** What the lock's record says of why nobody but a person is to free it. */
export function keptReason({ processes, reason }: StillWriting): string {
  switch (reason) {
    case 'doubtful':
      return `may still be written by ${listed(processes)}`;
    case 'goes-on':
      return `may be written by what ${listed(processes)} starts next`;
    case 'will-not-end':
      return `still written by ${listed(processes)}`;
  }
}

/** Whoever writes still, and the lock is not this job's any more: nothing keeps it and others apart. */
export function writingWithoutLock({ processes }: StillWriting, runnerName: string): Failure {
  return new Failure(
    'Terraform still runs, without the lock',
    `${runnerName ? `On the runner ${runnerName}` : 'On the runner'}, ${listed(processes)} can still write the state, ` +
      'although this job does not hold its lock any more. Let nobody apply before nothing of it runs.',
  );
}

/** Where the lock is, and how it is freed. */
export interface WayOut {
  readonly lockPath: string;
  readonly runnerName: string;
  /** Frees the lock, as `unlockCommand` gives it, and as `unlockCommands` does. */
  readonly unlockCommand: string;
  readonly commands: readonly string[];
}

/** The step fails, because the lock is kept. */
export function stillWritingFailure(outcome: StillWriting, way: WayOut): Failure {
  const { title, message } = stillWriting(outcome, way);
  const tell = (how: string) => stillWriting(outcome, { ...way, unlockCommand: how }).message;
  return new Failure(title, message, { details: withCommandsBelow(tell, way.commands) });
}

function stillWriting(
  { processes, reason, tookMs }: StillWriting,
  way: Omit<WayOut, 'commands'>,
): { title: string; message: string } {
  const free = `When nothing of it runs any more, compare the state with its last snapshot, and free the lock with ${way.unlockCommand}.`;
  const where = way.runnerName ? `On the runner ${way.runnerName}` : 'On the runner';
  if (reason === 'doubtful') {
    return {
      title: 'Lock kept: Terraform may still run',
      message:
        `${where}, ${listed(processes)} started while this job ran, and it cannot be told whether it is of this job: its ` +
        `environment cannot be read, or was cleared. It was left alone, and had not ended after ${formatDuration(tookMs)}. ` +
        `It may write the state, so the lock ${way.lockPath} was not released. ${free}`,
    };
  }
  if (reason === 'goes-on') {
    return {
      title: 'Lock kept: Terraform may run again',
      message:
        `${where}, ${listed(processes)} of this job had started a Terraform, which was stopped, and goes on with what comes ` +
        `next. It had not ended after ${formatDuration(tookMs)}. It may start Terraform again, so the lock ` +
        `${way.lockPath} was not released. ${free}`,
    };
  }
  return {
    title: 'Lock kept: Terraform still runs',
    message:
      `${where}, ${listed(processes)} of this job can still write the state. It was asked to stop by SIGINT, and had not ` +
      `ended after ${formatDuration(tookMs)}, so the lock ${way.lockPath} was not released. A second signal would make ` +
      `Terraform lose what it has not written yet. ${free}`,
  };
}

/** For the summary of a cancelled job. */
export const CANNOT_LOOK =
  'On this operating system Lockkeeper cannot look for a Terraform that a cancelled step has left running. ' +
  'If there was one, it may have written the state after the lock was released: compare the snapshots.';

/**
 * With scope `pipeline` a Terraform that was killed leaves its own lock, which nobody else frees.
 *
 * @param unlockCommand Frees a lock of scope `state`, as `unlockCommand` gives it.
 */
export function leftLockWarning(
  { ID, Path, Operation, Created }: LockInfo,
  unlockCommand: string,
): { title: string; message: string } {
  return {
    title: "Terraform's own lock is left",
    message:
      `A Terraform of this job seems to have been killed, and left its own lock of ${Path}: ID ${ID}, ` +
      `operation ${Operation}, since ${Created}. Nobody can plan or apply until it is freed. ` +
      `If no other Terraform runs on this machine, free it with ${unlockCommand}.`,
  };
}
