import type { BackupSettings } from '../../config/settings.js';
import { Failure } from '../../words/failure.js';

/** How somebody is asked. */
export interface ConsentParts {
  /** It was given on the command line. */
  readonly yes: boolean;
  /** Absent where nobody can be asked. */
  readonly ask?: (question: string, signal: AbortSignal) => Promise<boolean>;
  readonly signal: AbortSignal;
}

/**
 * Goes on only if a person wants what is about to be done.
 *
 * @param what Completes the sentence: This will …
 * @throws Failure where the answer is not yes, or nobody can be asked
 */
export async function consentTo(what: string, { yes, ask, signal }: ConsentParts): Promise<void> {
  if (yes) return;
  if (!ask) {
    throw new Failure(
      'Not confirmed',
      `Nothing was done: this would ${what}, and nobody can be asked here. Say --yes to go on without a question.`,
    );
  }
  if (await ask(`This will ${what}.\nOnly "yes" is taken for a yes: `, signal)) return;
  throw new Failure('Not confirmed', 'Nothing was done: the answer was not "yes".');
}

/** What of a backup cannot be undone, to complete the sentence: This will …; undefined where nothing is removed. */
export function removalConsent({
  backend,
  backup,
  run,
  retention,
}: Pick<BackupSettings, 'backend' | 'backup' | 'run' | 'retention'>): string | undefined {
  if (!retention || retention.dryRun || run.dryRun) return undefined;
  return `remove the snapshots of ${backend.bucket} in s3://${backup.bucket}/${backup.prefix} that no rule keeps`;
}
