import type {
  AssumeRoleCommandInput,
  AssumeRoleWithWebIdentityCommandInput,
} from '@aws-sdk/nested-clients/sts';
import type { AwsCredentialIdentity } from '@smithy/types';
import { credentialInputs } from '../../../config/attributes/credentials.js';
import type { BaseSource } from '../../../config/settings.js';
import type { Provider } from '../identity.js';
import { requestHandler } from '../request-handler.js';
import { tellSdk } from './sdk-environment.js';
import type { Surroundings } from './surroundings.js';
import { tokenService } from './token-service.js';
import { withWebIdentity } from './web-identity.js';

/** The credentials of a profile, which are looked up each time: another tool may write fresh ones into the file. */
export async function profileProvider(
  { profile, credentialsFiles }: Extract<BaseSource, { kind: 'profile' }>,
  surroundings: Surroundings,
): Promise<Provider> {
  const { fromIni } = await import('@aws-sdk/credential-provider-ini');
  const options = await sdkOptions(surroundings);
  return async () => {
    await tellSdk(surroundings.lookup, credentialsFiles);
    return fromIni({ ...options, profile, ignoreCache: true })();
  };
}

/**
 * What the environment has, in the order of Terraform's SDK: keys, a web identity, the profile, the container, the
 * instance. The chain of this SDK would ask the profile before the web identity, and does not know all names.
 *
 * @see https://github.com/aws/aws-sdk-go-v2/blob/main/config/resolve_credentials.go resolveCredentialChain
 */
export async function ambientProvider(surroundings: Surroundings): Promise<Provider> {
  const { defaultProvider } = await import('@aws-sdk/credential-provider-node');
  const options = await sdkOptions(surroundings);
  return async () => {
    const keys = environmentKeys();
    if (keys) return keys;
    await tellSdk(surroundings.lookup);
    const path = firstSet(['AWS_WEB_IDENTITY_TOKEN_FILE']);
    if (path !== undefined) return withWebIdentity(webIdentityIn(path), surroundings);
    const profile = firstSet(credentialInputs.profile.environment) ?? 'default';
    return defaultProvider({ ...options, profile })();
  };
}

/** Where a cluster or a runner gives its processes a role. */
function webIdentityIn(path: string) {
  const arn = firstSet(['AWS_ROLE_ARN']);
  if (arn === undefined) throw new Error('AWS_WEB_IDENTITY_TOKEN_FILE is set, and AWS_ROLE_ARN is not');
  const sessionName = firstSet(['AWS_ROLE_SESSION_NAME']) ?? 'lockkeeper';
  return { role: { arn, sessionName }, token: { kind: 'file', path } } as const;
}

/** Keys that a step before post has exported. Main has found its own before. */
function environmentKeys(): AwsCredentialIdentity | undefined {
  const accessKeyId = firstSet(credentialInputs.access_key.environment);
  const secretAccessKey = firstSet(credentialInputs.secret_key.environment);
  const sessionToken = firstSet(credentialInputs.token.environment);
  return accessKeyId && secretAccessKey ? { accessKeyId, secretAccessKey, sessionToken } : undefined;
}

function firstSet(names: readonly string[]): string | undefined {
  return names.map((name) => (process.env[name] ?? '').trim()).find((text) => text !== '');
}

/** What the SDK's providers get roles with, and how they reach services. */
async function sdkOptions(surroundings: Surroundings) {
  const { assumeRole, assumeRoleWithToken } = tokenService(surroundings);
  const { reach, roots, maxAttempts, listener } = surroundings;
  return {
    roleAssumer: (from: AwsCredentialIdentity, input: AssumeRoleCommandInput) => {
      listener(from);
      return assumeRole({ described: 'the credentials of the profile', provide: async () => from }, input);
    },
    roleAssumerWithWebIdentity: (input: AssumeRoleWithWebIdentityCommandInput) =>
      assumeRoleWithToken('web-identity', input),
    clientConfig: { requestHandler: await requestHandler(reach, roots), maxAttempts },
  };
}
