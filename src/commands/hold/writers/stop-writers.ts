import type { Clock } from '../../../job/clock.js';
import type { MachineProcess, Processes } from '../../../job/processes.js';
import { HELD_PREFIX } from '../../../names/held-variable.js';
import { isSameProcess, type StoppingRecord } from './stopping-record.js';
import {
  dueForInterrupt,
  isOver,
  type Look,
  NOTHING_SEEN,
  type WriterWatch,
  watchOn,
} from './writer-watch.js';
import {
  guardedProcesses,
  isMarked,
  type JobMarks,
  startersOf,
  type Writer,
  writersAmong,
} from './writers.js';

/** How the look for processes of this job that can still write ended. */
export type WritersOutcome =
  /** None was seen. */
  | { readonly kind: 'none' }
  /** There were these, and they have ended. */
  | { readonly kind: 'stopped'; readonly processes: readonly Writer[]; readonly tookMs: number }
  /**
   * These run on. `doubtful`: nothing tells that any of them is this job's. `goes-on`: they have started what was
   * stopped, and may start it again.
   */
  | {
      readonly kind: 'still-writing';
      readonly processes: readonly Writer[];
      readonly reason: 'will-not-end' | 'doubtful' | 'goes-on';
      readonly tookMs: number;
    }
  /** This machine does not let itself be looked at. */
  | { readonly kind: 'cannot-look' };

export interface StopParts {
  readonly processes: Processes;
  readonly clock: Clock;
  readonly job: JobMarks;
  /** Names to guard beside those that always are. */
  readonly guarded: readonly string[];
  /** When waiting ends, in milliseconds since the Unix epoch. */
  readonly until: number;
  /** What earlier post steps have done. */
  readonly record: StoppingRecord;
  /** Is called before a signal is sent, so that no later post step sends a second one. */
  readonly remember: (record: StoppingRecord) => void;
  readonly onInterrupt: (writer: Writer) => void;
  readonly signal?: AbortSignal;
}

const LOOK_AGAIN_MS = 500;

/**
 * Stops what this job left running and what can still write: sends SIGINT, once to each process and in the whole job,
 * and waits for it to end. Terraform then writes its state. A process that is only doubtful is waited for, and so is a
 * script that has started one.
 */
export async function stopWriters(parts: StopParts): Promise<WritersOutcome> {
  const { clock, until, signal } = parts;
  const begun = clock.now();
  let { record } = parts;
  let watch = NOTHING_SEEN;
  for (;;) {
    const look = await lookForWriters(parts, watch.starters);
    const now = clock.now();
    if (look === undefined) return outcomeOf(watch, 'blind', now - begun);
    watch = watchOn(watch, look);
    record = await interrupt(dueForInterrupt(watch, record.interrupted), record, parts);
    if (isOver(watch) || now >= until) return outcomeOf(watch, 'seen', now - begun);
    await clock.sleep(Math.min(LOOK_AGAIN_MS, until - now), signal);
  }
}

/** @param end `blind`: the last look showed nothing, so what was seen before it is taken to run on. */
function outcomeOf(
  { seen, writers, starters }: WriterWatch,
  end: 'seen' | 'blind',
  tookMs: number,
): WritersOutcome {
  if (seen.length === 0) return { kind: end === 'blind' ? 'cannot-look' : 'none' };
  if (writers.length === 0 && starters.length > 0) {
    return { kind: 'still-writing', processes: starters, reason: 'goes-on', tookMs };
  }
  if (writers.length === 0) return { kind: 'stopped', processes: seen, tookMs };
  const reason = writers.some(({ whose }) => whose === 'ours') ? 'will-not-end' : 'doubtful';
  return { kind: 'still-writing', processes: writers, reason, tookMs };
}

/** @returns the record with these, which are remembered before they get their signal. */
async function interrupt(
  due: readonly Writer[],
  { since, interrupted }: StoppingRecord,
  { processes, remember, onInterrupt }: StopParts,
): Promise<StoppingRecord> {
  const record = {
    since,
    interrupted: [...interrupted, ...due.map(({ pid, startedAt }) => ({ pid, startedAt }))],
  };
  if (due.length > 0) remember(record);
  for (const writer of due) {
    onInterrupt(writer);
    await processes.interrupt(writer);
  }
  return record;
}

/** @param known What was seen to start a writer before. */
async function lookForWriters(
  { processes, guarded, job }: StopParts,
  known: readonly Writer[],
): Promise<Look | undefined> {
  const machine = await processes.look();
  if (!machine) return undefined;
  const found = await Promise.all(
    guardedProcesses(machine, guarded).map(async (one) => ({
      ...one,
      variables: await processes.variablesOf(one.process, HELD_PREFIX),
    })),
  );
  const alive = found.flatMap(({ variables, ...one }) =>
    variables === 'gone' ? [] : [{ ...one, variables }],
  );
  const writers = writersAmong(machine, alive, job);
  await Promise.all(writers.map((writer) => processes.holdOutput(writer)));
  const running = known.filter((one) => machine.others.some((other) => isSameProcess(one, other)));
  const others = startersOf(writers, machine).filter(
    (one) => !running.some((old) => isSameProcess(one, old)),
  );
  return { writers, starters: [...running, ...(await markedAmong(others, { processes, job }))] };
}

/** The holder's record is short, and names some of them. */
const LONGEST_NAME = 40;

async function markedAmong(
  found: readonly MachineProcess[],
  { processes, job }: Pick<StopParts, 'processes' | 'job'>,
): Promise<Writer[]> {
  const marked = await Promise.all(
    found.map(async (one) => isMarked(await processes.variablesOf(one, HELD_PREFIX), job)),
  );
  return found
    .filter((_, index) => marked[index])
    .map(({ pid, startedAt, names }) => {
      const command = names.at(-1)?.slice(0, LONGEST_NAME) ?? 'a process';
      return { pid, startedAt, command, whose: 'ours', wraps: true };
    });
}
