import { type Finding, isRed } from '../../snapshots/verification/finding.js';
import type { CatalogueReport } from './check-catalogue.js';
import { doubtWords } from './finding-words.js';

/**
 * A line of the report for other programs: JSON of one state. Times are RFC 3339, in UTC; what is not there is null.
 * docs/verify.md says what the fields mean.
 */
export function reportLine(report: CatalogueReport, acknowledged: ReadonlySet<string>): string {
  const { statePath, hasState, snapshots, checked, bytes, newest, findings } = report;
  return JSON.stringify({
    state: statePath,
    exists: hasState,
    snapshots,
    checked,
    bytes,
    newest: newest
      ? { key: newest.key, serial: newest.serial, modified: new Date(newest.lastModified).toISOString() }
      : null,
    findings: findings.map((finding) => findingJson(finding, acknowledged)),
  });
}

function findingJson(finding: Finding, acknowledged: ReadonlySet<string>) {
  return {
    key: finding.key,
    kind: finding.doubt.kind,
    says: doubtWords(finding),
    fails: isRed(finding) && !acknowledged.has(finding.key),
    acknowledged: acknowledged.has(finding.key),
  };
}
