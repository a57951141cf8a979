import { switchesLockOff } from '../../config/locking.js';
import type { LockScope, Settings } from '../../config/settings.js';
import type { Report } from '../../job/report.js';
import type { Runner } from '../../job/runner.js';
import { formatHeldMark, heldVariable } from '../../names/held-variable.js';
import type { AcquiredClaim } from './claim.js';
import { lockFlagVariables } from './terraform-flag.js';

/** What it takes to tell the job of its lock. */
export interface TellJobParts {
  readonly settings: Settings;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly runner: Pick<Runner, 'exportVariable'>;
  readonly report: Pick<Report, 'notice'>;
}

/** What later steps know of the lock. The flag comes last: none of them may run without Terraform's lock and ours. */
export function tellJob(parts: TellJobParts, claim: AcquiredClaim): void {
  exportHeld(parts, claim);
  exportLockFlag(parts);
  tellLocked(parts, claim);
}

/** Later steps, and what they start, know this job's lock by it. */
function exportHeld({ settings, runner }: TellJobParts, { held }: AcquiredClaim): void {
  const { kind } = settings.locking.lock;
  if (kind === 'none') return;
  runner.exportVariable(heldVariable(held.info.Path), formatHeldMark({ kind, id: held.info.ID }));
}

/** Terraform must not ask for the lock that this job holds already. */
function exportLockFlag({ settings, environment, runner }: TellJobParts): void {
  if (!switchesLockOff(settings.locking)) return;
  for (const [name, value] of Object.entries(lockFlagVariables(environment)))
    runner.exportVariable(name, value);
}

/** One notice, and only once the job can go on: it stays on the run's page. */
function tellLocked({ report, settings }: TellJobParts, { held }: AcquiredClaim): void {
  const { locking } = settings;
  const which = `Lock ${held.info.Path}, ID ${held.info.ID}.`;
  const flag = switchesLockOff(locking) ? ` ${LOCK_SWITCHED_OFF}` : '';
  report.notice('State locked', `${HELD_OFF[locking.scope.kind]} ${which}${flag}`);
}

const HELD_OFF: Readonly<Record<LockScope['kind'], string>> = {
  state: 'Nobody else can plan or apply until this job ends.',
  pipeline: 'No other pipeline goes on until this job ends.',
};
const LOCK_SWITCHED_OFF =
  'So Terraform and OpenTofu run with -lock=false in this job, by TF_CLI_ARGS_<command>.';
