import type { Report } from '../job/report.js';
import type { BucketVersioning } from '../state/bucket-versioning.js';

/** Terraform's own documentation advises it first of all. */
export function warnOfVersioning(
  report: Report,
  bucket: string,
  versioning: BucketVersioning | undefined,
): void {
  if (versioning !== 'disabled' && versioning !== 'suspended') return;
  report.warning(
    'Bucket not versioned',
    `The bucket "${bucket}" does not keep earlier versions of its objects, so a state that is deleted or ` +
      'overwritten past Terraform is lost but for its snapshots. Switch versioning on for it.',
  );
}
