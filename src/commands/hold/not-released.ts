import type { LockedPlaces } from '../../config/settings.js';
import type { Freed } from '../../lock/lock.js';
import { reason } from '../../words/explain.js';
import { Failure } from '../../words/failure.js';
import { describeHolder } from '../../words/holder.js';
import { unlockCommand, unlockCommands, withCommandsBelow } from '../../words/how-to-unlock.js';
import { type AcquiredClaim, type Claim, recordOf } from './claim.js';

/** The lock is not ours any more. Nothing was touched: whoever has it now may be at work. */
export function lockLost(
  freed: Exclude<Freed, { outcome: 'released' }>,
  { held }: AcquiredClaim,
  { settings, now }: { readonly settings: LockedPlaces; readonly now: number },
): Failure {
  const { Path: path } = held.info;
  const compare =
    'The state may have been written by two: compare its snapshots before anybody applies again.';
  switch (freed.outcome) {
    case 'taken':
      if (freed.by.info?.ID === held.info.ID) {
        const tell = (how: string) =>
          `The lock ${path} was taken from this job while it ran: it has another record than this job wrote, under the ` +
          `same ID. Nothing was touched. ${compare} No job will release it any more: free it with ${how}.`;
        const details = withCommandsBelow(tell, unlockCommands(settings, freed.by));
        return new Failure('Lock lost', tell(unlockCommand(settings, freed.by)), { details });
      }
      return new Failure(
        'Lock lost',
        `The lock ${path} was taken from this job while it ran: it is held by ${describeHolder(freed.by, now)}. ` +
          `Nothing was touched. ${compare}`,
      );
    case 'absent': {
      const tell = (how: string) =>
        `The lock ${path} was taken from this job while it ran: it is gone. Nothing was touched. ${compare} ` +
        `If others are refused by it all the same, free it with ${how}.`;
      const details = withCommandsBelow(tell, unlockCommands(settings, held));
      return new Failure('Lock lost', tell(unlockCommand(settings, held)), { details });
    }
  }
}

/**
 * Main's credentials are refused by now, and with those at hand the lock is not seen. They may be of another account:
 * what they do not find may be there all the same.
 */
export function notFoundByAnother(claim: Claim, settings: LockedPlaces): Failure {
  const { info } = recordOf(claim);
  const tell = (how: string) =>
    `The credentials that took the lock ${info.Path} have expired, and those that this job has now do not find it, so ` +
    'it may still be there: they may be of another account. Let the session last as long as the job. ' +
    `If others are refused by the lock, free it with ${how}.`;
  const details = withCommandsBelow(tell, unlockCommands(settings, { info }));
  return new Failure('Lock not released', tell(unlockCommand(settings, { info })), { details });
}

/** The lock is still there, or may be. */
export function notReleased(error: unknown, claim: Claim, settings: LockedPlaces): Failure {
  const { info } = recordOf(claim);
  const why = `The lock ${info.Path} could not be released: ${reason(error)}`;
  switch (claim.stage) {
    case 'requested': {
      const tell = (how: string) => `${why}\nIf it is held under the ID of this job, free it with ${how}.`;
      const details = withCommandsBelow(tell, unlockCommands(settings, { info }));
      return new Failure('Lock not released', tell(unlockCommand(settings, { info })), {
        cause: error,
        details,
      });
    }
    case 'acquired': {
      const tell = (how: string) => `${why}\nFree it with ${how}.`;
      const details = withCommandsBelow(tell, unlockCommands(settings, claim.held));
      return new Failure('Lock not released', tell(unlockCommand(settings, claim.held)), {
        cause: error,
        details,
      });
    }
  }
}
