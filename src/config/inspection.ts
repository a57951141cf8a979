import type { inspectionInputs } from './attributes/inspection.js';
import type { Format } from './formats.js';
import type { InputReader } from './input-reader.js';
import { count } from './retention.js';
import type { ComparedReference, InspectionWishes, SnapshotPair } from './settings.js';
import { snapshotReference } from './snapshot-reference.js';

/** What an inspection is to tell. */
export function parseInspection(inputs: InputReader<typeof inspectionInputs>): InspectionWishes {
  return { snapshots: inputs.read('snapshots', count), compare: inputs.read('compare', snapshotPair) };
}

const EXPECTED =
  'two snapshots, as <from>..<to> or on two lines, each of them current, latest, latest-verified, serial:42, ' +
  'before:2026-11-22T01:15:00Z or the key of a snapshot, which ends in .tfstate';

/** Keys may have `..` in them, so every place where the text can be cut is tried; lines are certain. */
const snapshotPair: Format<SnapshotPair> = (text) => {
  const cuts = text.includes('\n') ? [linesOf(text)] : cutsAt('..', text);
  const pairs = cuts.flatMap(pairOf);
  const [value] = pairs;
  return value && pairs.length === 1 ? { value } : { expected: EXPECTED };
};

const linesOf = (text: string) => text.split('\n').filter((line) => line.trim() !== '');

function cutsAt(separator: string, text: string): string[][] {
  const places = [...Array(text.length).keys()].filter((at) => text.startsWith(separator, at));
  return places.map((at) => [text.slice(0, at), text.slice(at + separator.length)]);
}

function pairOf(texts: readonly string[]): SnapshotPair[] {
  const [from, to, ...others] = texts.map((text) => comparedReference(text.trim()));
  return from && to && others.length === 0 ? [{ from, to }] : [];
}

function comparedReference(text: string): ComparedReference | undefined {
  if (text === 'current') return { kind: 'current' };
  const read = snapshotReference(text);
  return 'value' in read ? read.value : undefined;
}
