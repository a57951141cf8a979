import { HOLD_SAMPLES } from './hold-samples.js';
import { REFUSED_SAMPLES } from './refused-samples.js';
import type { SummarySample } from './sample-facts.js';

/** Every kind of summary that the root action writes, made by what makes it there. */
export const SUMMARY_SAMPLES: readonly SummarySample[] = [...HOLD_SAMPLES, ...REFUSED_SAMPLES];
