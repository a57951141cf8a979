import type {
  AssumeRoleCommandInput,
  AssumeRoleWithWebIdentityCommandInput,
  STSClient,
} from '@aws-sdk/nested-clients/sts';
import type { AwsCredentialIdentity, FinalizeHandler, FinalizeHandlerArguments } from '@smithy/types';
import type { AssumedRole, TokenRole } from '../../../config/settings.js';
import type { RoleToken } from '../../../job/backend-error.js';
import { clientOptions } from '../clients.js';
import type { Identity } from '../identity.js';
import type { Surroundings } from './surroundings.js';
import { isInvalidToken, type RoleRequest, translateRoleError } from './token-service-errors.js';

/** Hands out roles. */
export interface TokenService {
  /** @throws BackendError that names the role */
  assumeRole(from: Identity, input: AssumeRoleCommandInput): Promise<AwsCredentialIdentity>;
  /** @throws BackendError that names the role */
  assumeRoleWithToken(
    giver: RoleToken,
    input: AssumeRoleWithWebIdentityCommandInput,
  ): Promise<AwsCredentialIdentity>;
}

/** AWS's token service, where the configuration says that it is. Nothing is loaded until a role is asked for. */
export function tokenService(surroundings: Surroundings): TokenService {
  const { lookup, reach, roots, maxAttempts, listener, over } = surroundings;
  const { region, endpoint } = lookup.sts;
  const ask = async (
    facts: Pick<RoleRequest, 'role' | 'giver' | 'identity'>,
    request: (client: STSClient, sts: Sts) => Promise<{ Credentials?: RoleCredentials | undefined }>,
  ) => {
    const sts = await import('@aws-sdk/nested-clients/sts');
    const connection = { region, endpoint, maxAttempts, reach, roots, identity: facts.identity };
    const client = new sts.STSClient(await clientOptions(connection));
    client.middlewareStack.add(tryingTokensAgain, { step: 'finalizeRequest', priority: 'low' });
    try {
      const credentials = credentialsIn(await request(client, sts), facts.role);
      listener(credentials);
      return credentials;
    } catch (error) {
      throw translateRoleError(error, { ...facts, region, endpoint });
    } finally {
      client.destroy();
    }
  };
  return {
    assumeRole: (identity, input) =>
      ask({ role: input.RoleArn ?? '', giver: 'credentials', identity }, (client, sts) =>
        client.send(new sts.AssumeRoleCommand(input), { abortSignal: over }),
      ),
    assumeRoleWithToken: (giver, input) =>
      ask({ role: input.RoleArn ?? '', giver, identity: NOBODY }, (client, sts) =>
        client.send(new sts.AssumeRoleWithWebIdentityCommand(input), { abortSignal: over }),
      ),
  };
}

/**
 * AWS says that a token is invalid also where it could not look at the keys of its issuer at the moment.
 *
 * @see https://github.com/aws/aws-sdk-go-v2/blob/main/credentials/stscreds/web_identity_provider.go Retrieve
 */
const tryingTokensAgain =
  <Input extends object, Output extends object>(next: FinalizeHandler<Input, Output>) =>
  async (args: FinalizeHandlerArguments<Input>) => {
    try {
      return await next(args);
    } catch (error) {
      if (isInvalidToken(error)) Object.assign(error, { $retryable: { throttling: false } });
      throw error;
    }
  };

type Sts = typeof import('@aws-sdk/nested-clients/sts');

/** The token speaks for itself: the request is not signed. */
const NOBODY: Identity = {
  described: 'a token',
  provide: () => Promise.reject(new Error('This request is not signed.')),
};

interface RoleCredentials {
  readonly AccessKeyId: string | undefined;
  readonly SecretAccessKey: string | undefined;
  readonly SessionToken: string | undefined;
  readonly Expiration: Date | undefined;
}

function credentialsIn(
  { Credentials }: { readonly Credentials?: RoleCredentials | undefined },
  role: string,
): AwsCredentialIdentity {
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = Credentials ?? {};
  if (!AccessKeyId || !SecretAccessKey)
    throw new Error(`The token service gave no credentials for the role ${role}.`);
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
    expiration: Expiration,
  };
}

/** What Terraform sends for the same configuration. @see https://github.com/hashicorp/aws-sdk-go-base/blob/main/credentials.go */
export function assumeRoleInput(role: AssumedRole): AssumeRoleCommandInput {
  const { tags, transitiveTagKeys, externalId, sourceIdentity } = role;
  return {
    ...tokenRoleInput(role),
    ExternalId: externalId,
    Tags: tags && Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
    TransitiveTagKeys: transitiveTagKeys && [...transitiveTagKeys],
    SourceIdentity: sourceIdentity,
  };
}

/** The same of a role that is taken with a token, but for the token. */
export function tokenRoleInput({ arn, sessionName, durationSeconds, policy, policyArns }: TokenRole) {
  return {
    RoleArn: arn,
    RoleSessionName: sessionName,
    DurationSeconds: durationSeconds,
    Policy: policy,
    PolicyArns: policyArns?.map((each) => ({ arn: each })),
  };
}
