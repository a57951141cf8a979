import type { RecordedFacts, SnapshotMetadata } from '../../snapshots/catalogue.js';

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

/** What {@link encodeMetadata} wrote, as far as it is there and makes sense: others may have written there too. */
export function decodeMetadata(values: Readonly<Record<string, string>> = {}): RecordedFacts {
  const text = (name: string, pattern: RegExp) => {
    const value = values[name];
    return value !== undefined && pattern.test(value) ? value : undefined;
  };
  const serial = text('serial', /^\d{1,16}$/);
  return {
    lineage: text('lineage', /./),
    serial: serial === undefined ? undefined : Number(serial),
    md5: text('md5', /^[0-9a-f]{32}$/),
    sha256: text('sha256', /^[0-9a-f]{64}$/),
    takenAt: text('taken-at', /^\d{4}-\d\d-\d\dT/),
  };
}
