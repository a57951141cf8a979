import type { backupRunInputs } from './attributes/backup-run.js';
import { boolean, type Format } from './formats.js';
import type { InputReader } from './input-reader.js';
import type { BackupRun } from './settings.js';

/** How `backup/` goes through the states. */
export function parseBackupRun(inputs: InputReader<typeof backupRunInputs>): BackupRun {
  const maxAgeMs = inputs.read('max_age', age);
  const heartbeatUrl = inputs.read('heartbeat_url', webAddress);
  return {
    dryRun: inputs.read('dry_run', boolean),
    concurrency: parseConcurrency(inputs),
    ...(maxAgeMs !== undefined && { maxAgeMs }),
    ...(heartbeatUrl !== undefined && { heartbeatUrl }),
  };
}

/** How much is asked of the stores at a time. */
export function parseConcurrency(inputs: InputReader<typeof backupRunInputs>): number {
  return inputs.read('concurrency', concurrency);
}

const UNIT_MS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };
const PART = /(\d+)([mhd])/g;
const LONGEST_DAYS = 3_650;

/** Unlike a duration of a job, it may be of days. */
const age: Format<number> = (text) => {
  const parts = [...text.matchAll(PART)].map(
    ([, amount, unit = '']) => Number(amount) * (UNIT_MS[unit] ?? 0),
  );
  const value = parts.reduce((sum, part) => sum + part, 0);
  const isWhole = text.replaceAll(PART, '') === '' && value > 0;
  return isWhole && value <= LONGEST_DAYS * 86_400_000
    ? { value }
    : { expected: `minutes, hours and days, such as 90m, 26h or 7d, and at most ${LONGEST_DAYS}d` };
};

/** A monitor's address, with whatever is secret in it. */
const webAddress: Format<string> = (text) => {
  const isWeb = /^https?:\/\/[^/\s]+\S*$/i.test(text) && URL.canParse(text);
  return isWeb ? { value: text } : { expected: 'a web address that begins with https:// or http://' };
};

const concurrency: Format<number> = (text) => {
  const value = Number(text);
  return /^\d+$/.test(text) && value >= 1 && value <= 64
    ? { value }
    : { expected: 'a whole number from 1 to 64' };
};
