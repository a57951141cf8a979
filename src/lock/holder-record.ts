import type { Holder } from './lock.js';

/** The text of our record beside Terraform's. */
export function formatHolder(holder: Holder): string {
  return JSON.stringify(holder);
}

const FIELDS = ['repository', 'workflow', 'runId', 'runAttempt', 'job', 'runnerName', 'runUrl'] as const;

/** @returns undefined if `text` is absent or is not ours: then Terraform, or a person, holds the lock. */
export function parseHolder(text: string | undefined): Holder | undefined {
  if (!text) return undefined;
  try {
    const value = JSON.parse(text) as Record<string, unknown> | null;
    const complete = FIELDS.every((field) => typeof value?.[field] === 'string');
    return complete
      ? (Object.fromEntries(FIELDS.map((field) => [field, value?.[field]])) as unknown as Holder)
      : undefined;
  } catch {
    return undefined;
  }
}
