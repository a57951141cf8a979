import type { VerifySettings } from '../../config/settings.js';
import type { Report } from '../../job/report.js';
import type { Runner } from '../../job/runner.js';
import { documentationUrl } from '../../names/documentation.js';
import type { Finding } from '../../snapshots/verification/finding.js';
import { formatBytes } from '../../words/bytes.js';
import { counted, spellCount } from '../../words/counts.js';
import { formatDuration } from '../../words/duration.js';
import { explain } from '../../words/explain.js';
import { Failure } from '../../words/failure.js';
import { warnOfVersioning } from '../../words/versioning.js';
import { doubtWords } from './finding-words.js';
import { drillWords, indexWords } from './outcome-words.js';
import type { VerifyResults } from './verify-results.js';

/** So many fit in a log that is still read; the report file has all. */
const MOST_LINES = 200;

/** What was found, line by line. */
export function tellLog(report: Pick<Report, 'info'>, results: VerifyResults): void {
  const { totals, findings, tookMs, overview, drill } = results;
  const lines = [
    ...findings.red.map((finding) => findingLine('Finding', finding)),
    ...findings.warnings.map((finding) => findingLine('To be known', finding)),
    ...findings.acknowledged.map((finding) => findingLine('Acknowledged', finding)),
  ];
  for (const line of lines.slice(0, MOST_LINES)) report.info(line);
  if (lines.length > MOST_LINES) report.info(`And ${lines.length - MOST_LINES} more.`);
  report.info(
    `${counted(totals.states, 'state')}: ${spellCount(totals.checked)} of ${counted(totals.snapshots, 'snapshot')} read, ` +
      `${formatBytes(totals.bytes)}, in ${formatDuration(tookMs)}.`,
  );
  report.info(indexWords(overview.index));
  if (drill) report.info(drillWords(drill));
}

const findingLine = (what: string, finding: Finding) => `${what}: ${finding.key}: ${doubtWords(finding)}`;

/** What does not fail the step, and should be seen all the same. */
export function tellWarnings(
  report: Report,
  { overview, findings, unmatched, drill }: VerifyResults,
  { backend }: VerifySettings,
): void {
  const { versioning, index } = overview;
  warnOfVersioning(report, backend.bucket, versioning);
  if (findings.warnings.length > 0) {
    const [first] = findings.warnings;
    report.warning(
      'Some states want a look',
      `What need not be wrong, and should be seen: ${findings.warnings.length}. The first: ${first?.key}: ` +
        `${first && doubtWords(first)} If it is so the next time too, look at the runs that take snapshots.`,
    );
  }
  if (index.kind === 'failed') {
    report.warning(
      'Index not reconciled',
      `The index of the snapshots could not be made anew. It is a hint, and nothing is lost with it. ${index.reason}`,
    );
  } else if (index.was === 'unreadable') {
    report.warning(
      'Index was unreadable',
      'The index of the snapshots was not one that Lockkeeper writes: it was torn, or somebody changed it. It was made anew ' +
        'from the names of the snapshots, which are the truth.',
    );
  }
  if (unmatched.length > 0) {
    report.warning(
      'Nothing to acknowledge',
      `Of the keys in "acknowledged", nothing was found of: ${unmatched.slice(0, 10).join(', ')}` +
        `${unmatched.length > 10 ? ', …' : ''}. Remove what has been settled, and correct what is written wrongly.`,
    );
  }
  if (drill && drill.client === undefined && drill.failure === undefined) {
    report.warning(
      'Drill without a client',
      'Neither "terraform" nor "tofu" is on the PATH, so what was restored for trial was only read back. Install one of ' +
        'them before this step.',
    );
  }
}

/** What must not be green. */
export function failuresOf({ findings, drill }: VerifyResults): readonly Failure[] {
  const [first] = findings.red;
  return [
    ...(first ? [inDoubt(first, findings.red.length)] : []),
    ...(drill?.failure === undefined ? [] : [explain(drill.failure)]),
  ];
}

function inDoubt(first: Finding, count: number): Failure {
  return new Failure(
    'Snapshots in doubt',
    `Findings that nobody has acknowledged: ${count}. The first: ${first.key}: ${doubtWords(first)} The summary has the others. ` +
      `What each means, and what to do, is at ${documentationUrl('verify.md#what-is-found')}.`,
  );
}

/** What later steps go by. */
export function tellOutputs(
  runner: Pick<Runner, 'setOutput'>,
  { totals, findings }: VerifyResults,
  reportFile: string,
): void {
  runner.setOutput('states', String(totals.states));
  runner.setOutput('checked', String(totals.checked));
  runner.setOutput('findings', String(findings.red.length));
  runner.setOutput('acknowledged', String(findings.acknowledged.length));
  runner.setOutput('bytes', String(totals.bytes));
  runner.setOutput('report_file', reportFile);
}
