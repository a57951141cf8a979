import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { CalendarDuration, RetentionRule } from '../src/config/settings.js';
import { toolPath } from './interop-tools.js';

/** What restic keeps, by the places in the list that it was given, and why. */
export interface ResticAnswer {
  readonly keep: readonly number[];
  readonly reasons: readonly (readonly string[])[];
}

/** restic's own policy, in a process of its own; see `restic-policy/main.go`. It counts from its own clock. */
export interface ResticPolicy {
  ask(times: readonly number[], rules: readonly RetentionRule[]): Promise<ResticAnswer>;
  close(): void;
}

export function startResticPolicy(): ResticPolicy {
  const program = spawn(toolPath('restic_policy'), { stdio: ['pipe', 'pipe', 'inherit'] });
  const waiting: ((answer: ResticAnswer) => void)[] = [];
  createInterface({ input: program.stdout }).on('line', (line) => waiting.shift()?.(JSON.parse(line)));
  return {
    ask(times, rules) {
      const policy = Object.fromEntries(rules.map(fieldOf));
      program.stdin.write(`${JSON.stringify({ times, policy })}\n`);
      return new Promise((resolve) => waiting.push(resolve));
    },
    close() {
      program.stdin.end();
    },
  };
}

const NAMES = { hour: 'Hourly', day: 'Daily', week: 'Weekly', month: 'Monthly', year: 'Yearly' } as const;

/** A rule as a field of restic's `ExpirePolicy`. */
function fieldOf(rule: RetentionRule): [string, number | Record<string, number>] {
  const name = rule.per === 'snapshot' ? undefined : NAMES[rule.per];
  if (rule.kind === 'within') return [`Within${name ?? ''}`, inFields(rule.duration)];
  return [name ?? 'Last', rule.count === 'unlimited' ? -1 : rule.count];
}

const inFields = ({ years, months, days, hours }: CalendarDuration) => ({
  Years: years,
  Months: months,
  Days: days,
  Hours: hours,
});
