import { type Block, type PlainText, plain } from '../../job/blocks.js';
import { CancelledError } from '../../job/cancelled-error.js';
import type { Catalogue } from '../../snapshots/catalogue.js';
import type { StoredSnapshot } from '../../snapshots/snapshot.js';
import { reason } from '../../words/explain.js';
import { Failure } from '../../words/failure.js';
import { linked } from '../../words/linked-text.js';
import type { CurrentState } from './current-state.js';
import type { RestorePlan } from './restore-plan.js';

/** Without a copy of what is there, there would be no way back. */
export function preRestoreNotStored(error: unknown): Failure {
  return new Failure(
    'Snapshot not stored',
    `${reason(error)}\nWithout a copy of what is there now, there would be no way back, so nothing was changed.`,
    { cause: error },
  );
}

/** The state is restored, but a change of it by the next job would leave no copy of it. */
export function resultNotStored(error: unknown, { snapshot }: RestorePlan): Failure {
  const { key } = snapshot.listed;
  const found = `${reason(error)}\nThe state is restored, and there is no snapshot yet of what it is now.`;
  return new Failure('Snapshot not stored', `${found} ${again(key)}`, {
    cause: error,
    details: againBelow(found, key),
  });
}

/** What an error in the middle leaves behind. */
export interface Interrupted {
  readonly plan: RestorePlan;
  readonly preRestore?: StoredSnapshot;
  readonly catalogue: Pick<Catalogue, 'bucket'>;
}

/** Something failed after the first write. */
export function interrupted(error: unknown, { plan, preRestore, catalogue }: Interrupted): Failure {
  const kept = preRestore
    ? ` A copy of what was there before is kept at s3://${catalogue.bucket}/${preRestore.key}.`
    : '';
  const { key } = plan.snapshot.listed;
  const stands = error instanceof Overtaken ? OVERTAKEN : WHOLE;
  const found = `${middleOf(error)}\n${stands}${kept}`;
  return new Failure('Restore not finished', `${found} ${again(key)}`, {
    cause: error,
    details: againBelow(found, key),
  });
}

const WHOLE = 'The state is whole, as it was or as the snapshot has it, and Terraform works with either.';

const OVERTAKEN =
  'Look at what is there now, and find out who writes past the lock: Terraform may refuse a state and a digest that do not ' +
  'fit each other.';

/** Somebody wrote past the lock once the state was put, so nobody knows what Terraform finds. */
class Overtaken extends Error {
  override readonly name = 'Overtaken';
}

/** Theirs is left as it is. */
export const digestByAnother = () =>
  new Overtaken("The state is restored, but somebody else has written Terraform's digest meanwhile.");

/** That nothing was done is not true any more. */
const middleOf = (error: unknown) =>
  error instanceof CancelledError ? 'The job was cancelled in the middle of the restore.' : reason(error);

/** By its key: `latest` may be another one by then. */
export function again(key: string): string {
  return `To complete the restore, run it again with "snapshot: ${key}".`;
}

/** The same for a summary, where what is to be copied has a block of its own. */
export function againBelow(found: string, key: string): readonly Block[] {
  const text = linked(`${found} To complete the restore, run it again with this:`, LONGEST_MESSAGE);
  return [
    { kind: 'paragraph', text },
    { kind: 'code', language: 'yaml', lines: [snapshotLine(key)] },
  ];
}

/** In UTF-16 code units. */
const LONGEST_MESSAGE = 4_000;
const LONGEST_KEY = 1_200;

/** An input of the action, to be copied. */
export function snapshotLine(key: string): PlainText {
  return ['snapshot: ', plain(key, LONGEST_KEY)];
}

/** What is there now is not what was written a moment before. */
export function notAsWritten({ md5, serial }: RestorePlan, read: CurrentState): Error {
  const found =
    read.kind === 'absent'
      ? 'there is no state'
      : `the state there has the MD5 ${read.md5}. ${read.doubts.join(' ')}`.trimEnd();
  return new Overtaken(
    `What was read back is not what was written: the state of serial ${serial.after} has the MD5 ${md5}, and ${found}`,
  );
}

/** Waiting would be in vain: this job releases the lock at its end. */
export function heldByJobOfRestore(path: string, id: string): Failure {
  return new Failure(
    'Lock held by this job',
    `An earlier step of this job holds the lock ${path}, under the ID ${id}, until the job ends. Restore in a job of its ` +
      'own: whatever this one has planned would not fit the restored state.',
  );
}
