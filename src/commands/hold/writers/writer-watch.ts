import type { ProcessId } from '../../../job/processes.js';
import { isSameProcess } from './stopping-record.js';
import type { Writer } from './writers.js';

/** What looking for writers, again and again, has shown. */
export interface WriterWatch {
  /** Those of the last look. */
  readonly writers: readonly Writer[];
  /** What has started a writer, is none itself, and still ran at the last look. */
  readonly starters: readonly Writer[];
  /** All that were ever seen, each as it was seen last. */
  readonly seen: readonly Writer[];
  /** How many looks in a row, up to the last one, found no writer. */
  readonly calmLooks: number;
  /** How many looks in a row, up to the last one, found nothing of ours but wrappers. */
  readonly leaflessLooks: number;
}

export const NOTHING_SEEN: WriterWatch = {
  writers: [],
  starters: [],
  seen: [],
  calmLooks: 0,
  leaflessLooks: 0,
};

/** What one look has shown. */
export type Look = Pick<WriterWatch, 'writers' | 'starters'>;

/** What goes on unseen with its next command when Terraform has stopped may start it again. */
const CALM_LOOKS = 2;
/** A wrapper ends by itself once what it wraps has ended. */
const LEAFLESS_LOOKS = 3;

/** The watch after one more look. What was a wrapper once stays one, also when nothing runs below it any more. */
export function watchOn(watch: WriterWatch, { writers: found, starters }: Look): WriterWatch {
  const wrapped = (writer: Writer) => watch.seen.some((old) => old.wraps && isSameProcess(old, writer));
  const seenNow = found.map((writer) => ({ ...writer, wraps: writer.wraps || wrapped(writer) }));
  const gone = watch.seen.filter((old) => !found.some((writer) => isSameProcess(old, writer)));
  const leafless = !found.some((writer) => isLeaf(writer, seenNow));
  return {
    writers: found,
    starters,
    seen: [...gone, ...seenNow],
    calmLooks: found.length === 0 ? watch.calmLooks + 1 : 0,
    leaflessLooks: leafless ? watch.leaflessLooks + 1 : 0,
  };
}

/** Whether nothing is left to wait for. A job that has left nothing running is not kept waiting. */
export function isOver({ seen, starters, calmLooks }: WriterWatch): boolean {
  return seen.length === 0 || (calmLooks >= CALM_LOOKS && starters.length === 0);
}

/**
 * What SIGINT is to be sent to: the leaves of ours. Where none is left, and what they were started by does not end by
 * itself, that too, from below.
 *
 * @param interrupted What has had its signal.
 */
export function dueForInterrupt(
  { writers, seen, leaflessLooks }: WriterWatch,
  interrupted: readonly ProcessId[],
): Writer[] {
  const leaves = writers.filter((writer) => isLeaf(writer, seen));
  const bare = writers.filter(({ whose, wraps }) => whose === 'ours' && !wraps);
  const due = leaflessLooks >= LEAFLESS_LOOKS ? bare : leaves;
  return due.filter((writer) => !interrupted.some((other) => isSameProcess(other, writer)));
}

/** A writer of ours below which no other one has been seen. */
function isLeaf(writer: Writer, seen: readonly Writer[]): boolean {
  return writer.whose === 'ours' && !seen.some((one) => one.wraps && isSameProcess(one, writer));
}
