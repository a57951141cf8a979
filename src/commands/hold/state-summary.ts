import type { StateSummary } from '../../job/report.js';
import type { StateInspection } from '../../state/inspection.js';

/** The few facts of a state that are shown. */
export function stateSummary({ header, resources }: StateInspection): StateSummary {
  return {
    exists: true,
    serial: header.serial,
    resourceCount: resources?.size,
  };
}
