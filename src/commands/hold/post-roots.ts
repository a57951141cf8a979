import { trustedRoots } from '../../config/ca-bundle.js';
import type { Reach } from '../../config/settings.js';
import type { ConfigFiles } from '../../config/sources/config-files.js';
import type { Report } from '../../job/report.js';

/**
 * Whom post trusts: the file that main trusted, as it is now. Where it is gone, the authorities of Node.js must do: a lock
 * that they lead to is freed all the same.
 */
export function postRoots(
  reach: Pick<Reach, 'caBundle'>,
  { files, report }: { readonly files: Pick<ConfigFiles, 'read'>; readonly report: Pick<Report, 'info'> },
): readonly string[] | undefined {
  const roots = trustedRoots(reach, files);
  if (reach.caBundle !== undefined && roots === undefined) {
    report.info(
      `The certificates in ${reach.caBundle}, which the main step trusted, cannot be read any more. This step trusts those ` +
        'of Node.js instead.',
    );
  }
  return roots;
}
