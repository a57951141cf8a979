import type { SnapshotMetadata } from '../../snapshots/catalogue.js';

/** S3 takes 2 KB of metadata in all, so what a state makes as long as it likes is cut. */
const LONGEST = { lineage: 200, doubts: 400 };

/** A snapshot's metadata as S3 keeps it. Names are read by people and by restore; headers carry ASCII only. */
export function encodeMetadata(metadata: SnapshotMetadata): Record<string, string> {
  const doubts = metadata.doubts.join(' ').slice(0, LONGEST.doubts);
  const values: Record<string, string | undefined> = {
    lineage: metadata.lineage?.slice(0, LONGEST.lineage),
    serial: metadata.serial === undefined ? undefined : String(metadata.serial),
    md5: metadata.md5,
    sha256: metadata.sha256,
    'source-version-id': metadata.sourceVersionId,
    'taken-at': metadata.takenAt,
    phase: metadata.phase,
    'run-url': metadata.runUrl,
    commit: metadata.commit,
    verified: String(metadata.doubts.length === 0),
    doubts: doubts || undefined,
  };
  const known = Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries(known.map(([name, value]) => [name, asciiOnly(value)]));
}

const asciiOnly = (text: string) => text.replaceAll(/[^\x20-\x7e]/g, '?');
