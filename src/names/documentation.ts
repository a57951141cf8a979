import { VERSION } from './version.js';

/** Where the pages of docs/ are read: as they were for this version, whatever has been written since. */
export const DOCUMENTATION_URL = `https://github.com/lockkeeper/lockkeeper/blob/v${VERSION}/docs/`;

/** The address of a page of docs/, and of a heading on it: `iam.md`, `troubleshooting.md#lock-held`. */
export function documentationUrl(page: string): string {
  return DOCUMENTATION_URL + page;
}
