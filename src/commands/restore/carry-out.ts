import type { Clock } from '../../job/clock.js';
import type { Job } from '../../job/job.js';
import { persistFor } from '../../job/persistence.js';
import type { Report } from '../../job/report.js';
import type { StateStores } from '../../snapshots/catalogue.js';
import { type StoredSnapshot, takeSnapshot } from '../../snapshots/snapshot.js';
import type { ReadState } from '../../state/read-state.js';
import type { ReplacedState, StateWriter } from '../../state/state-writer.js';
import type { Failure } from '../../words/failure.js';
import { type CurrentState, lookAtCurrentState } from './current-state.js';
import {
  digestByAnother,
  interrupted,
  notAsWritten,
  preRestoreNotStored,
  resultNotStored,
} from './mishaps.js';
import { changedMeanwhile } from './refusals.js';
import type { RestorePlan } from './restore-plan.js';

/** What carrying out a plan takes. */
export interface CarryOutParts extends StateStores {
  readonly writer: StateWriter;
  readonly job: Pick<Job, 'runUrl' | 'commit'>;
  readonly report: Report;
  readonly clock: Clock;
  readonly random: () => number;
  readonly signal: AbortSignal;
}

/** What was done. */
export interface CarriedOut {
  /** The copy of what was there before; absent where there was nothing, or nothing was replaced. */
  readonly preRestore?: StoredSnapshot;
  /** The copy of the state as it is now. */
  readonly result?: StoredSnapshot;
  /** What went wrong when the state was restored already. */
  readonly failures: readonly Failure[];
}

/** The lock is not held for a store that is away for long. */
const PATIENCE_MS = 120_000;

/**
 * Does what was planned, in an order in which Terraform can work with the state at every moment: first a copy of what is
 * there; then the digest goes, the state comes, and its digest comes. docs/restore.md has a table of it.
 *
 * @throws Failure; it says how to complete the restore, where anything may have been changed.
 */
export async function carryOut(plan: RestorePlan, parts: CarryOutParts): Promise<CarriedOut> {
  const preRestore = plan.kind === 'restore' ? await copyWhatIsThere(plan, parts) : undefined;
  const where = `s3://${parts.state.bucket}/${parts.state.path}`;
  const restored = await writeAndReadBack(plan, parts).catch((error) => {
    throw interrupted(error, { plan, preRestore, catalogue: parts.catalogue });
  });
  if (restored.kind === 'refused') throw changedMeanwhile(where, restored);
  parts.report.info(`Read back ${where}: it is what was to be there.`);
  try {
    const result = await copy(restored.state, 'after', parts);
    return { preRestore, result, failures: [] };
  } catch (error) {
    return { preRestore, failures: [resultNotStored(error, plan)] };
  }
}

async function copyWhatIsThere(
  { current }: RestorePlan,
  parts: CarryOutParts,
): Promise<StoredSnapshot | undefined> {
  if (current.kind === 'absent') return undefined;
  try {
    return await copy(current, 'pre-restore', parts);
  } catch (error) {
    throw preRestoreNotStored(error);
  }
}

async function copy(
  state: ReadState,
  phase: 'pre-restore' | 'after',
  parts: CarryOutParts,
): Promise<StoredSnapshot> {
  const { catalogue, job, clock, report } = parts;
  const occasion = { phase, takenAt: clock.now(), runUrl: job.runUrl, commit: job.commit };
  const stored = await patiently(parts, (until) => takeSnapshot(catalogue, state, occasion, until));
  const what = phase === 'after' ? 'Snapshot of the restored state' : 'Copy of what was there';
  const done = stored.created ? 'stored' : 'already there';
  report.info(`${what} ${done}: s3://${catalogue.bucket}/${stored.key}`);
  return stored;
}

type Written =
  | { readonly kind: 'written'; readonly state: ReadState }
  /** The state is as somebody else has put it. */
  | { readonly kind: 'refused'; readonly digestRemoved: boolean };

async function writeAndReadBack(plan: RestorePlan, parts: CarryOutParts): Promise<Written> {
  const written = new Set<Write['what']>();
  for (const { what, write, done } of writesOf(plan, parts)) {
    if ((await patiently(parts, write)) === 'refused') {
      if (written.has('state')) throw digestByAnother();
      return { kind: 'refused', digestRemoved: written.has('old digest') };
    }
    written.add(what);
    parts.report.info(done);
  }
  return { kind: 'written', state: await readBack(plan, parts) };
}

/** One write, which is refused where somebody else was there first; `done` is what the log says of it. */
interface Write {
  readonly what: 'old digest' | 'state' | 'digest';
  readonly write: (until: AbortSignal) => Promise<'written' | 'removed' | 'refused'>;
  readonly done: string;
}

/** The writes, in their order. */
function writesOf(plan: RestorePlan, { writer }: CarryOutParts): readonly Write[] {
  const { current, body, md5, digestDiffers, serial } = plan;
  const digest = digestDiffers ? writer.digest : undefined;
  const { digest: old } = current;
  const writes: Write[] = [];
  if (digest && old !== undefined)
    writes.push({
      what: 'old digest',
      write: (until) => digest.remove(old, until),
      done: "Removed Terraform's digest of what was there.",
    });
  if (plan.kind === 'restore')
    writes.push({
      what: 'state',
      write: (until) => writer.put(body, replacedBy(current), until),
      done: `Put the state, serial ${serial.after}.`,
    });
  if (digest)
    writes.push({
      what: 'digest',
      write: (until) => digest.put(md5, until),
      done: `Put Terraform's digest of it, ${md5}.`,
    });
  return writes;
}

/** What the state takes the place of. */
function replacedBy(current: CurrentState): ReplacedState | undefined {
  if (current.kind === 'state') return current.version;
  return current.emptyObject === undefined ? undefined : { etag: current.emptyObject };
}

async function readBack(plan: RestorePlan, parts: CarryOutParts): Promise<ReadState> {
  const read = await patiently(parts, (until) => lookAtCurrentState(parts, until));
  const isSame = read.kind === 'state' && Buffer.compare(read.body, plan.body) === 0;
  if (!isSame || read.doubts.length > 0) throw notAsWritten(plan, read);
  return read;
}

function patiently<T>(
  { clock, random, signal }: CarryOutParts,
  work: (until: AbortSignal) => Promise<T>,
): Promise<T> {
  return persistFor(PATIENCE_MS, work, { clock, random, reached: true }, signal);
}
