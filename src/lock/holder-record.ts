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
    if (!complete) return undefined;
    const known = Object.fromEntries(FIELDS.map((field) => [field, value?.[field]])) as unknown as Holder;
    return { ...known, ...optionalFields(value) };
  } catch {
    return undefined;
  }
}

/** A record of an older version has none of them. */
function optionalFields(value: Record<string, unknown> | null): Pick<Holder, 'runNumber' | 'looks' | 'kept'> {
  return {
    ...(typeof value?.['runNumber'] === 'string' && { runNumber: value['runNumber'] }),
    ...(typeof value?.['looks'] === 'boolean' && { looks: value['looks'] }),
    ...(typeof value?.['kept'] === 'string' && { kept: value['kept'] }),
  };
}
