import type { StateInspection } from '../../../state/inspection.js';
import type { StateSummary } from './summary-facts.js';

/** The few facts of a state that are shown. */
export function stateSummary({ header, resources, tainted }: StateInspection): StateSummary {
  return {
    exists: true,
    serial: header.serial,
    lineage: header.lineage,
    resourceCount: resources?.size,
    tainted,
  };
}
