import type { AccountRule } from '../../config/settings.js';
import { BackendError } from '../../job/backend-error.js';
import { clientOptions } from './clients.js';
import { translateError } from './errors.js';
import type { Surroundings } from './identities/surroundings.js';
import type { Identity } from './identity.js';

/** How the token service is asked: as for a role. */
type Way = Pick<Surroundings, 'lookup' | 'reach' | 'roots' | 'maxAttempts' | 'over'>;

/**
 * Asks the token service which account the requests are signed for, as Terraform does. What else says so, such as a
 * profile, may be wrong.
 *
 * @throws BackendError if it is one that the rule does not let pass, or if it is not to be known
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 */
export async function requireAccount(rule: AccountRule, identity: Identity, way: Way): Promise<void> {
  const account = await accountOf(identity, way);
  const isListed = rule.ids.includes(account);
  if (isListed === (rule.kind === 'allowed')) return;
  throw new BackendError({ kind: 'wrong-account', account, rule, by: identity.described });
}

async function accountOf(
  identity: Identity,
  { lookup: { sts }, reach, roots, maxAttempts, over }: Way,
): Promise<string> {
  const { GetCallerIdentityCommand, STSClient } = await import('@aws-sdk/client-sts');
  const client = new STSClient(await clientOptions({ ...sts, maxAttempts, identity, reach, roots }));
  try {
    const { Account = '' } = await client.send(new GetCallerIdentityCommand({}), { abortSignal: over });
    return Account;
  } catch (error) {
    throw translateError(error, {
      ...sts,
      service: 'STS',
      action: 'sts:GetCallerIdentity',
      resource: '*',
      container: '',
      credentialsTried: identity.described,
    });
  } finally {
    client.destroy();
  }
}
