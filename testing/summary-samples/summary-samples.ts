import { BACKUP_SAMPLES } from './backup-samples.js';
import { HOLD_SAMPLES } from './hold-samples.js';
import { INSPECTION_SAMPLES } from './inspection-samples.js';
import { REFUSED_SAMPLES } from './refused-samples.js';
import { RESTORE_SAMPLES } from './restore-samples.js';
import type { SummarySample } from './sample-facts.js';
import { VERIFY_SAMPLES } from './verify-samples.js';

/** Every kind of summary that an action writes, made by what makes it there. */
export const SUMMARY_SAMPLES: readonly SummarySample[] = [
  ...HOLD_SAMPLES,
  ...REFUSED_SAMPLES,
  ...INSPECTION_SAMPLES,
  ...BACKUP_SAMPLES,
  ...RESTORE_SAMPLES,
  ...VERIFY_SAMPLES,
];
