import { setMaxListeners } from 'node:events';
import { atMost } from '../../job/at-most.js';
import { explain } from '../../words/explain.js';
import { Failure } from '../../words/failure.js';
import { tellProgress } from '../../words/progress.js';
import { type CatalogueReport, checkCatalogue, type Gate } from './check-catalogue.js';
import { type DrillSession, openDrillSession } from './drill/drill-session.js';
import { lookAround, type Sight } from './overview.js';
import { reportLine } from './report-line.js';
import { failuresOf, tellLog, tellOutputs, tellWarnings } from './tell-results.js';
import { notVerifiedBlocks, verifyBlocks } from './verify-blocks.js';
import type { VerifyParts } from './verify-parts.js';
import { sortFindings, totalsOf, unmatchedKeys, type VerifyResults } from './verify-results.js';

/**
 * Reads snapshots again and compares them with what was recorded, with their names, with each other and with the states. Changes
 * nothing but the index, which is made anew, and with a drill what the drill restores and removes.
 *
 * @throws AggregateError of what must not be green, each a Failure, once all is told
 */
export async function verifyStates(parts: VerifyParts): Promise<void> {
  const { settings, clock, report } = parts;
  const startedAt = clock.now();
  // Each request listens, and there may be many at a time: Node.js would warn of a leak.
  setMaxListeners(0, parts.signal);
  try {
    const { remakeIndex, ...sight } = await lookAround(parts);
    if (sight.paths.length === 0) throw nothingMatches(parts);
    const checked = await checkAll(parts, sight);
    const overview = { ...sight, index: await remakeIndex() };
    const results = resultsOf(parts, { overview, ...checked, tookMs: clock.now() - startedAt });
    tellLog(report, results);
    tellWarnings(report, results, settings);
    await report.summary(verifyBlocks(results, settings));
    const failures = [
      ...failuresOf(results),
      ...(await handOn(parts, { reports: checked.reports, results })),
    ];
    if (failures.length > 0) throw new AggregateError(failures);
  } catch (error) {
    if (error instanceof AggregateError) throw error;
    const failure = parts.signal.aborted ? cancelled(error) : explain(error);
    await report.summary(notVerifiedBlocks(failure, settings));
    throw failure;
  }
}

function cancelled(cause: unknown): Failure {
  return new Failure('Cancelled', 'The job was cancelled before all was looked at.', { cause });
}

function nothingMatches({ settings: { backend, keys } }: VerifyParts): Failure {
  const globs = [...keys.included, ...keys.excluded.map((glob) => `!${glob}`)];
  return new Failure(
    'No states found',
    `No object of the bucket "${backend.bucket}" fits "keys" (${globs.join(', ')}), and there are no snapshots of such a state. ` +
      'Check "bucket" and "keys": states whose names do not end in .tfstate need a line of their own.',
  );
}

type Seen = Omit<Sight, 'remakeIndex'>;

interface Checked {
  readonly reports: readonly CatalogueReport[];
  readonly session?: DrillSession;
}

async function checkAll(parts: VerifyParts, sight: Seen): Promise<Checked> {
  const { settings, signal } = parts;
  const { concurrency, drill } = settings.verification;
  const session = drill ? await openDrillSession(parts) : undefined;
  const [gate, line] = [atMost(concurrency), atMost(concurrency)];
  const progress = tellProgress(sight.paths.length, parts);
  const check = async (statePath: string): Promise<CatalogueReport> => {
    signal.throwIfAborted();
    const one = await checkOne(parts, { statePath, sight, session, gate });
    progress.step(one.bytes);
    return one;
  };
  try {
    const checks = sight.paths.map((path) => line(() => check(path)));
    // What has begun is brought to its end: a drill cleans up.
    await Promise.allSettled(checks);
    signal.throwIfAborted();
    return { reports: await Promise.all(checks), session };
  } finally {
    progress.end();
    await session?.close();
  }
}

interface ToCheckOne {
  readonly statePath: string;
  readonly sight: Seen;
  readonly session: DrillSession | undefined;
  readonly gate: Gate;
}

async function checkOne(
  parts: VerifyParts,
  { statePath, sight, session, gate }: ToCheckOne,
): Promise<CatalogueReport> {
  const { states, catalogues, findings } = sight;
  const snapshots = catalogues.get(statePath)?.snapshots() ?? [];
  const found = await checkCatalogue(parts, { statePath, state: states.get(statePath), snapshots }, gate);
  const ofIndex = findings.filter((finding) => finding.statePath === statePath);
  const drilled = await session?.drill(found);
  return { ...found, findings: [...ofIndex, ...found.findings, ...(drilled ?? [])] };
}

function resultsOf(
  { settings }: VerifyParts,
  { overview, reports, session, tookMs }: Checked & Pick<VerifyResults, 'overview' | 'tookMs'>,
): VerifyResults {
  const { acknowledged } = settings.verification;
  const findings = reports.flatMap((report) => report.findings);
  const unseen = reports.flatMap((report) => report.unseen);
  return {
    overview,
    totals: totalsOf(reports),
    findings: sortFindings(findings, acknowledged),
    unmatched: unmatchedKeys(acknowledged, { findings, unseen }),
    ...(session && { drill: session.results() }),
    tookMs,
  };
}

/** On a full disk nothing can be handed on. It is the last that is told, and does not hide what was found. */
async function handOn(
  { runner, settings, report, writeReport }: VerifyParts,
  { reports, results }: { readonly reports: readonly CatalogueReport[]; readonly results: VerifyResults },
): Promise<readonly Failure[]> {
  try {
    const acknowledged = new Set(settings.verification.acknowledged);
    const path = await writeReport(reports.map((one) => reportLine(one, acknowledged)));
    report.info(`The full report: ${path}`);
    tellOutputs(runner, results, path);
    return [];
  } catch (error) {
    return [explain(error)];
  }
}
