import type { MachineProcess, Processes, ProcessId, Variables } from '../src/job/processes.js';
import type { FakeClock } from './fake-clock.js';

/** A process of the fake machine. What is not given is that of a Terraform of the job, just started. */
export interface FakeProcess extends Partial<MachineProcess> {
  readonly pid: number;
  readonly variables?: Variables | 'unknown';
  /** How long after SIGINT it ends; it never does if this is not given. */
  readonly endsAfterMs?: number;
  /** Runs on until this process has ended, and then ends by itself. */
  readonly endsWith?: number;
  /** Starts when this process has ended. */
  readonly startsAfter?: number;
}

export interface FakeMachine extends Processes {
  /** Every SIGINT that was sent, in order. */
  readonly interrupts: readonly { readonly pid: number; readonly atMs: number }[];
  /** What somebody keeps a reading end of. */
  readonly held: ReadonlySet<number>;
  /** Ends a process by itself. */
  end(pid: number): void;
  /** From now on nothing can be seen. */
  blind(): void;
}

export const SELF: MachineProcess = {
  pid: 1,
  startedAt: 2_000,
  parent: 0,
  session: 1,
  user: 1_001,
  names: ['node'],
};

/** A machine whose processes do as they are told, on a clock that stands still. */
export function fakeMachine(clock: FakeClock, table: readonly FakeProcess[]): FakeMachine {
  const begun = clock.now();
  const interrupts: { pid: number; atMs: number }[] = [];
  const ended = new Set<number>();
  const held = new Set<number>();
  let blind = false;

  const endOf = ({ pid, endsAfterMs }: FakeProcess): number => {
    const interrupt = interrupts.find((one) => one.pid === pid);
    return interrupt && endsAfterMs !== undefined ? interrupt.atMs + endsAfterMs : Number.POSITIVE_INFINITY;
  };
  const hasEnded = (pid: number): boolean => {
    const one = table.find((other) => other.pid === pid);
    if (!one || ended.has(pid)) return true;
    if (one.endsWith !== undefined && hasEnded(one.endsWith)) return true;
    return clock.now() - begun >= endOf(one);
  };
  const isRunning = ({ pid, startsAfter }: FakeProcess): boolean =>
    !hasEnded(pid) && (startsAfter === undefined || hasEnded(startsAfter));
  const running = () => table.filter(isRunning);
  const find = (id: ProcessId) => running().find(({ pid }) => pid === id.pid);

  return {
    ownStart: async () => (blind ? undefined : SELF.startedAt),
    interrupts,
    held,
    end: (pid) => ended.add(pid),
    blind: () => {
      blind = true;
    },
    look: async () => (blind ? undefined : { self: SELF, others: running().map(processOf) }),
    variablesOf: async (id) => {
      const found = find(id);
      return found ? (found.variables ?? 'unknown') : 'gone';
    },
    holdOutput: async ({ pid }) => {
      held.add(pid);
    },
    interrupt: async (id) => {
      if (!find(id)) return 'gone';
      interrupts.push({ pid: id.pid, atMs: clock.now() - begun });
      return 'sent';
    },
  };
}

function processOf({ pid, startedAt, parent, session, user, names }: FakeProcess): MachineProcess {
  return {
    pid,
    startedAt: startedAt ?? 3_000,
    parent: parent ?? 0,
    session,
    user: user ?? SELF.user,
    names: names ?? ['terraform'],
  };
}
