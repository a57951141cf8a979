import { BackendError, type BackendProblem, type RoleToken } from '../../../job/backend-error.js';
import { isOutdated, translateError } from '../errors.js';
import type { Identity } from '../identity.js';

/** What was asked for when an error came back. */
export interface RoleRequest {
  readonly role: string;
  /** With what it is asked for: somebody's credentials, or whose token. */
  readonly giver: RoleToken | 'credentials';
  readonly identity: Identity;
  readonly region: string;
  readonly endpoint?: string;
}

const DENIED = ['AccessDenied'];

/** Of the token, not of credentials. */
const BAD_TOKENS = ['InvalidIdentityToken', 'IDPRejectedClaim', 'ExpiredToken'];

/** AWS could hand out the role, but not in the way in which it was asked for. */
const BAD_REQUESTS = [
  'MalformedPolicyDocument',
  'PackedPolicyTooLarge',
  'ValidationError',
  'InvalidParameterValue',
];

/**
 * Turns what the SDK threw into a {@link BackendError} that names the role.
 *
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html#API_AssumeRole_Errors
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html#API_AssumeRoleWithWebIdentity_Errors
 */
export function translateRoleError(error: unknown, request: RoleRequest): BackendError {
  if (error instanceof BackendError) return error;
  const problem = roleProblem(error, request);
  if (problem) return new BackendError(problem, { cause: error });
  const { role, giver, identity, region, endpoint } = request;
  return translateError(error, {
    service: 'STS',
    action: giver === 'credentials' ? 'sts:AssumeRole' : 'sts:AssumeRoleWithWebIdentity',
    resource: role,
    container: role,
    region,
    endpoint,
    credentialsTried: identity.described,
  });
}

function roleProblem(error: unknown, { role, giver, identity }: RoleRequest): BackendProblem | undefined {
  const { message: detail } = error as Error;
  const is = (codes: readonly string[]) => hasCode(error, codes);
  if (is(DENIED)) return { kind: 'role-refused', role, giver, by: identity.described, detail };
  if (giver !== 'credentials' && is(BAD_TOKENS)) return { kind: 'token-refused', role, giver, detail };
  if (is(BAD_REQUESTS)) return { kind: 'role-misasked', role, detail };
  if (isOutdated(error)) return { kind: 'outdated-for-role', role, by: identity.described, detail };
  return undefined;
}

export const isInvalidToken = (error: unknown): error is Error => hasCode(error, ['InvalidIdentityToken']);

/** The SDK calls those that it knows exceptions. */
function hasCode(error: unknown, codes: readonly string[]): boolean {
  const { name } = error as Error;
  return codes.some((code) => name === code || name === `${code}Exception`);
}
