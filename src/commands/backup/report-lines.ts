import type { VersionMark } from '../../snapshots/index/catalogue-index.js';
import type { Outcome, Pruning, Result } from './outcomes.js';

/** A line of the report file: JSON. What is not known has no key. Times are RFC 3339, in UTC. docs/backup.md says what they mean. */
interface ReportLine {
  readonly key: string;
  readonly result: Result['kind'];
  readonly bytes: number;
  readonly modified: string;
  readonly serial?: number;
  readonly md5?: string;
  readonly snapshot?: string;
  readonly doubts?: readonly string[];
  readonly error?: string;
  readonly verified?: string;
  readonly snapshots?: number;
  readonly pruned?: readonly string[];
  readonly pruning_error?: string;
}

/** A line for each state, in the order of S3. */
export function reportLines(outcomes: readonly Outcome[]): readonly string[] {
  return outcomes.map((outcome) => JSON.stringify(lineOf(outcome)));
}

function lineOf({ state, result, entry, pruning }: Outcome): ReportLine {
  return {
    key: state.path,
    result: result.kind,
    bytes: state.bytes,
    modified: new Date(state.lastModified).toISOString(),
    ...resultFields(result),
    ...(entry?.verified && { verified: momentOf(entry.verified) }),
    ...(entry && { snapshots: entry.count }),
    ...(pruning && pruningFields(pruning)),
  };
}

function resultFields(result: Result): Partial<ReportLine> {
  switch (result.kind) {
    case 'copied':
      return copyFields(result);
    case 'doubtful':
      return { ...copyFields(result), doubts: result.doubts };
    case 'failed':
      return { error: result.failure.message };
    case 'unchanged':
    case 'would-copy':
    case 'gone':
      return {};
  }
}

const copyFields = ({ serial, md5, key }: Extract<Result, { kind: 'copied' | 'doubtful' }>) => ({
  ...(serial !== undefined && { serial }),
  md5,
  snapshot: key,
});

const pruningFields = ({ removed, problem }: Pruning) => ({
  ...(removed.length > 0 && { pruned: removed }),
  ...(problem && { pruning_error: problem.message }),
});

const momentOf = ({ lastModified }: VersionMark) => new Date(lastModified).toISOString();
