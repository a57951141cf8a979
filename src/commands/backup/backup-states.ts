import { isMeant } from '../../config/key-globs.js';
import { withTimeout } from '../../job/clock.js';
import type { BucketVersioning } from '../../state/bucket-versioning.js';
import type { ListedState } from '../../state/listed-state.js';
import { counted } from '../../words/counts.js';
import { explain, reason } from '../../words/explain.js';
import { Failure } from '../../words/failure.js';
import { warnOfVersioning } from '../../words/versioning.js';
import { backupBlocks } from './backup-blocks.js';
import type { BackupParts } from './backup-parts.js';
import { type BackupResult, resultOf } from './backup-result.js';
import { doubtfulWarning, failuresOf, lockedLine, pruningWarning, totalsLine } from './backup-words.js';
import { type Gone, goThrough } from './go-through.js';
import { findIndex, knowCatalogues } from './known-catalogues.js';
import { ofKind } from './outcomes.js';
import { setOutputs } from './outputs.js';
import { reportLines } from './report-lines.js';

/**
 * Copies every state of a bucket that has no verified snapshot yet, and removes the snapshots that no rule keeps. One bad
 * state stops no other; a run that is cut off goes on where it stopped, because the names of the snapshots tell.
 *
 * @throws AggregateError of all that went wrong, each a Failure, once all else is done and told
 */
export async function backupStates(parts: BackupParts): Promise<void> {
  const { settings, clock, report, signal } = parts;
  const startedAt = clock.now();
  const [states, index, versioning] = await Promise.all([
    meantStates(parts),
    findIndex(parts),
    findVersioning(parts),
  ]);
  report.info(`${counted(states.length, 'state')} of the bucket "${settings.backend.bucket}" are looked at.`);
  const known = await knowCatalogues(
    parts,
    index,
    states.map(({ path }) => path),
  );
  const gone = await goThrough(parts, { states, known });
  if (signal.aborted) throw cancelled(gone, signal);
  const result = resultOf({ settings, outcomes: gone.outcomes, startedAt, now: clock.now() });
  const failures = failuresOf(result, clock.now());
  tellLog(parts, result);
  warnOfVersioning(report, settings.backend.bucket, versioning);
  await report.summary(backupBlocks(result, clock.now()));
  const all = [...failures, ...(await handOn(parts, result))];
  if (all.length > 0) throw new AggregateError(all);
  await callHeartbeat(parts);
}

/** The states that the globs name, in the order of S3. */
async function meantStates({ settings, stores, signal }: BackupParts): Promise<readonly ListedState[]> {
  const { keys, backend } = settings;
  const states: ListedState[] = [];
  let looked = 0;
  for await (const state of stores.listStates(signal)) {
    looked++;
    if (isMeant(keys, state.path)) states.push(state);
  }
  if (states.length > 0) return states;
  const globs = [...keys.included, ...keys.excluded.map((glob) => `!${glob}`)].join(', ');
  throw new Failure(
    'No states found',
    `No object of the bucket "${backend.bucket}" fits "keys" (${globs}); ${counted(looked, 'object')} that may be states were looked at. ` +
      'Check "bucket" and "keys": states whose names do not end in .tfstate need a line of their own.',
  );
}

/** Not to know it is no failure: the permission is one that nothing else here needs, and some stores know no versions. */
async function findVersioning({
  stores,
  report,
  signal,
}: BackupParts): Promise<BucketVersioning | undefined> {
  try {
    return await stores.bucketVersioning(signal);
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    report.info(`Whether the bucket is versioned could not be seen: ${reason(error)}`);
    return undefined;
  }
}

function cancelled({ outcomes, total }: Gone, { reason: cause }: AbortSignal): Failure {
  const message =
    `The job was cancelled once ${outcomes.length} of ${counted(total, 'state')} were done. ` +
    'What was copied stays, and the next run goes on from there.';
  return new Failure('Cancelled', message, { cause });
}

/** So many plans of a dry run are printed; the report file has what all would remove. */
const MOST_PLANS = 50;

function tellLog({ report }: BackupParts, result: BackupResult): void {
  const { outcomes } = result;
  const failed = ofKind(outcomes, 'failed');
  if (failed.length > 0)
    report.group(
      `${counted(failed.length, 'state')} failed`,
      failed.map((outcome) => `${outcome.state.path}: ${outcome.result.failure.message}`),
    );
  const doubtful = ofKind(outcomes, 'doubtful');
  if (doubtful.length > 0)
    report.group(
      `${counted(doubtful.length, 'state')} doubtful`,
      doubtful.map((outcome) => `${outcome.state.path}: ${outcome.result.doubts.join(' ')}`),
    );
  const wouldCopy = ofKind(outcomes, 'would-copy');
  if (wouldCopy.length > 0)
    report.group(
      `${counted(wouldCopy.length, 'state')} would be copied`,
      wouldCopy.map(({ state }) => state.path),
    );
  tellPlans(report, result);
  report.info(totalsLine(result));
  const locked = lockedLine(outcomes);
  if (locked !== undefined) report.info(locked);
  const doubts = doubtfulWarning(outcomes);
  if (doubts !== undefined) report.warning('States are doubtful', doubts);
  const hindered = pruningWarning(outcomes);
  if (hindered !== undefined) report.warning('Snapshots not removed', hindered);
}

function tellPlans(report: BackupParts['report'], { outcomes }: BackupResult): void {
  const planned = outcomes.flatMap(({ state, pruning }) =>
    pruning?.planned && pruning.removed.length > 0 ? [{ state, pruning, lines: pruning.planned }] : [],
  );
  for (const { state, pruning, lines } of planned.slice(0, MOST_PLANS)) {
    const title = `Retention of ${state.path}, dry run: ${pruning.removed.length} would be removed, ${pruning.kept} kept`;
    report.group(title, lines);
  }
  if (planned.length > MOST_PLANS)
    report.info(`The plans of ${counted(planned.length - MOST_PLANS, 'more state')} are in the report file.`);
}

/** On a full disk nothing can be handed on. It is the last that is told, and does not hide what was done. */
async function handOn(
  { runner, writeReport }: BackupParts,
  result: BackupResult,
): Promise<readonly Failure[]> {
  try {
    setOutputs(runner, result, await writeReport(reportLines(result.outcomes)));
    return [];
  } catch (error) {
    return [explain(error)];
  }
}

const HEARTBEAT_PATIENCE_MS = 10_000;

/** A monitor that cannot be reached fails nothing: it complains by itself. */
async function callHeartbeat({ settings, clock, report, ...parts }: BackupParts): Promise<void> {
  const { heartbeatUrl, dryRun } = settings.run;
  if (heartbeatUrl === undefined || dryRun) return;
  try {
    await withTimeout(clock, HEARTBEAT_PATIENCE_MS, (until) => parts.callHeartbeat(heartbeatUrl, until));
    report.info('The monitor at "heartbeat_url" was told of this run.');
  } catch (error) {
    report.warning(
      'Heartbeat failed',
      `The monitor at "heartbeat_url" was not told of this run: ${reason(error)}`,
    );
  }
}
