import type { AwsCredentialIdentity } from '@smithy/types';
import type { AccessKey, BaseSource, CredentialSource } from '../../../config/settings.js';
import { isPassing } from '../../../job/backend-error.js';
import type { Identity } from '../identity.js';
import { identityFrom } from './identity-from.js';
import type { Surroundings } from './surroundings.js';

/**
 * The identity of main, in post: the credentials that main used, and once those have expired, what their source gives
 * now. docs/decisions.md says why in this order.
 */
export function resumedIdentity(
  saved: AccessKey,
  source: CredentialSource,
  surroundings: Surroundings,
): Identity {
  const successors = successorsOf(source).map((each) => ({
    isSame: isSameRole(source, each),
    identity: identityFrom(each, surroundings),
  }));
  /** Which successor is asked first; none while main's own are good. */
  let current: number | undefined;
  surroundings.listener(saved);
  return {
    described: [
      'the credentials of the main step (expired)',
      ...successors.map(({ identity }) => identity.described),
    ].join(', then '),
    provide: async () => {
      // Already expired as far as the SDK can tell, so that it asks again after `renew`.
      if (current === undefined) return { ...saved, expiration: new Date(0) };
      const identities = successors.map(({ identity }) => identity);
      const { index, credentials } = await firstOf(identities, current);
      current = index;
      return credentials;
    },
    renew: () => {
      current ??= 0;
    },
    isAnother: () => current !== undefined && !successors[current]?.isSame,
  };
}

/**
 * What the first of them gives that gives anything. What fails for a passing reason is not passed over: it may succeed a
 * little later, and the next may be somebody else.
 *
 * @throws What the first threw, for it is the one that was meant.
 */
async function firstOf(
  identities: readonly Identity[],
  from: number,
): Promise<{ index: number; credentials: AwsCredentialIdentity }> {
  let thrown: unknown;
  for (const [index, { provide }] of identities.entries()) {
    if (index < from) continue;
    try {
      return { index, credentials: await provide() };
    } catch (error) {
      if (isPassing(error)) throw error;
      thrown ??= error;
    }
  }
  throw thrown;
}

/** Who is asked once main's credentials have expired, the best first. */
function successorsOf(source: CredentialSource): readonly CredentialSource[] {
  if (source.kind !== 'role') return baseSuccessors(source);
  const { role, from } = source;
  // Keys that only got a role may outlast its session.
  const sources = from.kind === 'keys' ? [from, ...baseSuccessors(from)] : baseSuccessors(from);
  return sources.map((each) => ({ kind: 'role', role, from: each }));
}

function baseSuccessors(source: BaseSource): readonly BaseSource[] {
  const ambient = { kind: 'ambient' } as const;
  switch (source.kind) {
    // What was given has no source to ask again.
    case 'keys':
      return [ambient];
    case 'web-identity':
      return source.token.kind === 'text' ? [source, ambient] : [source];
    // Whether a job that is being cancelled still gets an ID token is not known.
    case 'job-token':
      return [source, ambient];
    case 'profile':
    case 'ambient':
      return [source];
  }
}

/** Whether both end as one role, whoever takes it. Of a profile or a chain nobody knows that. */
function isSameRole(one: CredentialSource, other: CredentialSource): boolean {
  return roleOf(one) !== undefined && roleOf(one) === roleOf(other);
}

function roleOf(source: CredentialSource): string | undefined {
  switch (source.kind) {
    case 'role':
    case 'web-identity':
    case 'job-token':
      return source.role.arn;
    case 'keys':
    case 'profile':
    case 'ambient':
      return undefined;
  }
}
