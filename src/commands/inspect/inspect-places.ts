import type { Report } from '../../job/report.js';
import type { Runner } from '../../job/runner.js';
import { warnOfDoubts } from '../../words/doubtful-state.js';
import { explain } from '../../words/explain.js';
import { Failure } from '../../words/failure.js';
import { warnOfVersioning } from '../../words/versioning.js';
import { comparisonLines } from './comparison-words.js';
import type { Inspection } from './findings.js';
import { inspectionBlocks } from './inspection-blocks.js';
import { inspectionJson } from './inspection-json.js';
import { inspectionRows, snapshotFacts } from './inspection-rows.js';
import { lockOutlook } from './lock-outlook.js';
import { type LookParts, lookAround } from './look-around.js';

/** What the step works with. */
export interface InspectParts extends LookParts {
  /** Of this job's run: a link to the same site is a link to GitHub. */
  readonly runUrl: string;
  readonly runner: Pick<Runner, 'setOutput'>;
  /** Who reads it. In a terminal, log and summary are one, and nothing has to fit into a variable. */
  readonly audience: 'job' | 'terminal';
}

/** The report is handed on in a variable, which holds 128 KiB on Linux. */
const ROOM_BYTES = { job: 100_000, terminal: Number.POSITIVE_INFINITY };

/**
 * Tells how a state stands: who holds its lock, what is in it, which snapshots there are. Changes nothing. A lock that is
 * held is no failure; what cannot be looked at is one, once all else is told.
 *
 * @throws AggregateError of all that could not be looked at, each a Failure
 */
export async function inspectPlaces(parts: InspectParts): Promise<void> {
  const { places, runUrl, audience, report, clock, signal } = parts;
  const { findings, failures } = await lookAround(parts);
  if (signal.aborted) {
    throw new Failure('Cancelled', 'The job was cancelled before all was looked at.', {
      cause: signal.reason,
    });
  }
  const inspection = { places, runUrl, findings, problems: failures.map(({ message }) => message) };
  if (audience === 'job') tellLog(report, inspection, clock.now());
  warnOfDoubts(report, findings.state?.doubts ?? []);
  warnOfVersioning(report, places.backend.bucket, findings.versioning);
  await report.summary(inspectionBlocks(inspection, clock.now()));
  const all = [...failures, ...handOn(parts, inspection)];
  if (all.length > 0) throw new AggregateError(all);
}

/** On a full disk nothing can be handed on. It is the last that is told, and does not hide what was found. */
function handOn({ runner, audience }: InspectParts, inspection: Inspection): readonly Failure[] {
  try {
    runner.setOutput('report', inspectionJson(inspection, ROOM_BYTES[audience]));
    return [];
  } catch (error) {
    return [explain(error)];
  }
}

function tellLog(report: Report, inspection: Inspection, now: number): void {
  const { lock, snapshots, comparison } = inspection.findings;
  const { newest } = snapshots ?? { newest: [] };
  for (const { name, value } of inspectionRows(inspection, now)) report.info(`${name}: ${value}`);
  for (const snapshot of newest) {
    const { serial, written, size, name } = snapshotFacts(snapshot, now);
    report.info(`  serial ${serial}, written ${written}, ${size}: ${name}`);
  }
  for (const line of comparison ? comparisonLines(comparison) : []) report.info(line);
  if (lock?.kind !== 'held') return;
  const { sentences, commands } = lockOutlook(inspection.places, lock);
  for (const line of [sentences, ...commands]) report.info(line);
}
