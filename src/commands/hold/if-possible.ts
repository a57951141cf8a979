import type { Report } from '../../job/report.js';
import { reason } from '../../words/explain.js';

/** Tells the runner something that is not worth a lock: that its disk is full must not hide what matters more. */
export function ifPossible({ report }: { readonly report: Pick<Report, 'info'> }, tell: () => void): void {
  try {
    tell();
  } catch (error) {
    report.info(`The runner could not be told everything: ${reason(error)}`);
  }
}
