import type { Resources } from '../../../state/resources.js';

/** How what a client lists differs from what is in a snapshot. */
export interface AddressDifference {
  readonly missing: readonly string[];
  readonly unexpected: readonly string[];
}

/** Terraform lists an instance whatever objects it has; a deposed one has no address of its own. */
const DEPOSED = / \(deposed [^()]*\)$/;

/** @returns undefined if they are the same. */
export function differenceOfAddresses(
  resources: Resources,
  listed: readonly string[],
): AddressDifference | undefined {
  const expected = new Set([...resources.keys()].map((address) => address.replace(DEPOSED, '')));
  const seen = new Set(listed);
  const missing = [...expected].filter((address) => !seen.has(address)).sort();
  const unexpected = [...seen].filter((address) => !expected.has(address)).sort();
  return missing.length + unexpected.length === 0 ? undefined : { missing, unexpected };
}
