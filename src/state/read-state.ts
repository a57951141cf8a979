import { type Clock, withTimeout } from '../job/clock.js';
import { md5Hex, parseDigest } from './digest.js';
import { inspectState, type StateInspection } from './inspection.js';
import type { StateSource, StateVersion, StoredState } from './state-source.js';

/** A state, read and checked. */
export interface ReadState {
  readonly body: Uint8Array;
  readonly version: StateVersion;
  readonly md5: string;
  readonly inspection: StateInspection;
  /** What Terraform keeps as its digest, letter by letter; absent where it keeps none. */
  readonly digest?: string;
  /** Why this may not be what Terraform last wrote, a sentence each. */
  readonly doubts: readonly string[];
}

/** What was found where the state should be. */
export type StateReading =
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'absent'; readonly digest?: string; readonly doubts: readonly string[] }
  | ({ readonly kind: 'state' } & ReadState);

/** How to read a state. */
export interface ReadOptions {
  readonly clock: Clock;
  /** Do not read the version with this ETag again. */
  readonly unlessEtag?: string;
  /** How long a state that is at odds with its digest is asked for again; as Terraform does unless given. 0: not at all. */
  readonly digestPatienceMs?: number;
  readonly signal?: AbortSignal;
}

/** Terraform asks again this often, for this long, when a state is at odds with its digest. */
const DIGEST_RETRY_MS = 2_000;
const DIGEST_PATIENCE_MS = 10_000;

/**
 * Reads a state and checks it against Terraform's digest, which Terraform writes just after the state.
 *
 * @throws What the state's request throws, else what the digest's does.
 * @see https://github.com/hashicorp/terraform/blob/main/internal/backend/remote-state/s3/client.go Get
 */
export async function readState(source: StateSource, options: ReadOptions): Promise<StateReading> {
  const { clock, digestPatienceMs = DIGEST_PATIENCE_MS, signal } = options;
  const deadline = clock.now() + digestPatienceMs;
  for (;;) {
    const found = await readWithDigest(source, options);
    if (found === 'unchanged') return { kind: 'unchanged' };
    const { stored, digest } = found;
    const md5 = stored && md5Hex(stored.body);
    const mismatch = digestMismatch(md5, parseDigest(digest ?? ''));
    if (!mismatch || clock.now() >= deadline) return reading(found, md5, mismatch);
    await clock.sleep(DIGEST_RETRY_MS, signal);
  }
}

interface StateWithDigest {
  readonly stored?: StoredState;
  readonly digest?: string;
}

/** An unchanged state needs no digest. The connection that it comes through is of use all the same. */
const UNNEEDED_DIGEST_PATIENCE_MS = 1_000;

/**
 * One look at both, at the same time: whichever is seen first, they agree only if these are the bytes that Terraform
 * meant. A state that cannot be read is told before its digest, as if that had been asked for later, and ends its
 * request.
 */
async function readWithDigest(
  source: StateSource,
  { clock, unlessEtag, signal }: ReadOptions,
): Promise<StateWithDigest | 'unchanged'> {
  const givenUp = new AbortController();
  const getting = source.get({ unlessEtag, signal });
  const digest = source.digest(signal ? AbortSignal.any([signal, givenUp.signal]) : givenUp.signal);
  digest.catch(() => {});
  try {
    const stored = await getting;
    if (stored !== 'unchanged') return { stored, digest: await digest };
    await withTimeout(clock, UNNEEDED_DIGEST_PATIENCE_MS, () => digest).catch(() => {});
    return stored;
  } finally {
    givenUp.abort();
  }
}

async function reading(
  { stored, digest }: StateWithDigest,
  md5: string | undefined,
  mismatch: string | undefined,
): Promise<StateReading> {
  const doubts = mismatch ? [mismatch] : [];
  if (!stored || md5 === undefined) return { kind: 'absent', digest, doubts };
  const { body, ...version } = stored;
  const inspection = await inspectState(body);
  const all = [...doubts, ...inspection.doubts];
  return { kind: 'state', body, version, md5, inspection, digest, doubts: all };
}

/** No digest, or one that is no MD5, leaves nothing to check: Terraform goes on as well. */
function digestMismatch(md5: string | undefined, digest: string | undefined): string | undefined {
  if (digest === undefined || digest === md5) return undefined;
  return md5 === undefined
    ? `There is no state, but DynamoDB has a digest of one (${digest}).`
    : `Its MD5 is ${md5}, but the digest in DynamoDB is ${digest}.`;
}
