import { type RawFields, textOf } from './addresses.js';

/** The fields at the top of a state, as far as they are there and make sense. */
export interface StateHeader {
  readonly version?: number;
  /** Undefined beyond 2^53 too: a number would not be exact there, though Go reads up to 2^64. */
  readonly serial?: number;
  readonly lineage?: string;
  /** Of the program that wrote it, OpenTofu's too. */
  readonly terraformVersion?: string;
  /** By OpenTofu: serial and lineage are in clear, all else is not. */
  readonly encrypted: boolean;
}

/** The format of all states since Terraform 0.12. */
export const FORMAT_VERSION = 4;

/**
 * In UTF-16 code units. Terraform's lineages are UUIDs; a longer one would not fit into the environment, where post finds
 * what main knew.
 */
const LONGEST_LINEAGE = 1_024;

/** @param topLevel JSON of the state's top-level scalars, by key. */
export function headerOf(topLevel: RawFields): StateHeader {
  const version = wholeNumber(topLevel.get('version'));
  const serial = wholeNumber(topLevel.get('serial'));
  const lineage = textOf(topLevel.get('lineage')) ?? '';
  return {
    version,
    serial,
    lineage: lineage.length <= LONGEST_LINEAGE ? lineage || undefined : undefined,
    terraformVersion: textOf(topLevel.get('terraform_version')) || undefined,
    encrypted: topLevel.has('encrypted_data') || topLevel.has('encryption_version'),
  };
}

/** Go takes nothing but digits for its unsigned integers: no sign, no fraction, no exponent. */
export function wholeNumber(raw: string | undefined): number | undefined {
  const value = raw !== undefined && /^\d+$/.test(raw) ? Number(raw) : undefined;
  return Number.isSafeInteger(value) ? value : undefined;
}
