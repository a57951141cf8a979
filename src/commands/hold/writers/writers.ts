import type { Machine, MachineProcess, ProcessId, Variables } from '../../../job/processes.js';
import { heldMarks } from '../../../names/held-variable.js';

/**
 * The programs that write a state. setup-terraform renames the binary to `terraform-bin`, and its `terraform` is a
 * script; setup-opentofu does likewise.
 *
 * @see https://github.com/hashicorp/setup-terraform/blob/main/lib/setup-terraform.js installWrapper
 */
const GUARDED = ['terraform', 'terraform-bin', 'tofu', 'tofu-bin', 'terragrunt', 'lokoctl'];

/** The process of a runner that has one job, and below which all steps of the job run. */
const WORKER = 'Runner.Worker';
const ROOT = 0;

/** What tells the processes of this job from others. */
export interface JobMarks {
  /** The locks that this post step is to release. */
  readonly lockIds: readonly string[];
  /** When the main step's own process started, on the machine's scale. */
  readonly mainStartedAt: number;
}

/** A process that can write a state, and what it was called by. */
export interface Writer extends ProcessId {
  readonly command: string;
  /** `ours`: it has our lock's ID. `doubtful`: it may be this job's, and nothing tells. */
  readonly whose: 'ours' | 'doubtful';
  /** Whether another writer runs below it: then that one is to stop first. */
  readonly wraps: boolean;
}

/** A process with a guarded name, whosever it is. */
export interface Guarded {
  readonly process: MachineProcess;
  readonly command: string;
}

/** @param added Names beside those that are always guarded. Only a whole name is a match: providers are left out. */
export function guardedProcesses(machine: Machine, added: readonly string[]): Guarded[] {
  const guarded = new Set([...GUARDED, ...added]);
  return machine.others.flatMap((process) => {
    const command = process.names.find((name) => guarded.has(name));
    return command === undefined ? [] : [{ process, command }];
  });
}

/**
 * Those that are this job's or may be.
 *
 * @param found Each with its `LOCKKEEPER_HELD_…` variables, in the order of `guarded`.
 */
export function writersAmong(
  machine: Machine,
  found: readonly (Guarded & { readonly variables: Variables | 'unknown' })[],
  job: JobMarks,
): Writer[] {
  const mayBeOurs = found.flatMap(({ process, command, variables }) => {
    const whose = whoseIs(process, variables, { machine, job });
    return whose === 'anothers' ? [] : [{ process, command, whose }];
  });
  const wrapping = new Set(mayBeOurs.flatMap(({ process }) => ancestorsOf(process, machine)));
  return mayBeOurs.map(({ process, command, whose }) => ({
    pid: process.pid,
    startedAt: process.startedAt,
    command,
    whose,
    wraps: wrapping.has(process),
  }));
}

/**
 * What started these and is no writer itself, such as a script: it goes on with its next command when Terraform has
 * stopped, and that may be Terraform again. Whether it is of this job, its variables tell.
 */
export function startersOf(writers: readonly Writer[], machine: Machine): MachineProcess[] {
  const ofAnybody = [machine.self, ...ancestorsOf(machine.self, machine)];
  const started = machine.others.filter(({ pid }) => writers.some((writer) => writer.pid === pid));
  const starters = new Set(started.flatMap((process) => ancestorsOf(process, machine)));
  return [...starters].filter((process) => !started.includes(process) && !ofAnybody.includes(process));
}

/** Whether the environment of a process names a lock that this post step is to release. */
export function isMarked(variables: Variables | 'unknown' | 'gone', { lockIds }: JobMarks): boolean {
  return typeof variables === 'object' && heldMarks(variables).some(({ id }) => lockIds.includes(id));
}

/**
 * Whose a guarded process is. A lock ID decides; without one, whatever cannot be this job's is another's: what runs
 * below another runner, for a user who is neither ours nor root, or since before main.
 */
function whoseIs(
  process: MachineProcess,
  variables: Variables | 'unknown',
  { machine, job }: { readonly machine: Machine; readonly job: JobMarks },
): Writer['whose'] | 'anothers' {
  if (isMarked(variables, job)) return 'ours';
  const marks = variables === 'unknown' ? [] : heldMarks(variables);
  const workers = workersOf(process, machine);
  const ownWorkers = workersOf(machine.self, machine);
  if (workers.some((worker) => !ownWorkers.includes(worker))) return 'anothers';
  if (process.user !== machine.self.user && process.user !== ROOT) return 'anothers';
  if (process.startedAt < job.mainStartedAt) return 'anothers';
  if (variables === 'unknown') return 'doubtful';
  // A runner has one job at a time, so that what it started after main, and names no lock, was made to forget ours.
  const ofOurRunner = workers.length > 0 || ownWorkers.some(({ session }) => isSession(session, process));
  return marks.length === 0 && ofOurRunner ? 'doubtful' : 'anothers';
}

const isSession = (session: number | undefined, process: MachineProcess) =>
  session !== undefined && session === process.session;

function workersOf(process: MachineProcess, machine: Machine): MachineProcess[] {
  return ancestorsOf(process, machine).filter(({ names }) => names.includes(WORKER));
}

/** From the parent up. An ID may have gone to another process while the machine was looked at: no one is met twice. */
function ancestorsOf(process: MachineProcess, machine: Machine): MachineProcess[] {
  const ancestors: MachineProcess[] = [];
  const byId = (pid: number) => [machine.self, ...machine.others].find((other) => other.pid === pid);
  for (let next = byId(process.parent); next && !ancestors.includes(next); next = byId(next.parent)) {
    ancestors.push(next);
  }
  return ancestors;
}
