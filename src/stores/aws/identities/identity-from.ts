import type {
  AccessKey,
  AssumedRole,
  BaseSource,
  CredentialSource,
  SnapshotSigner,
} from '../../../config/settings.js';
import type { Identity, Provider } from '../identity.js';
import type { Surroundings } from './surroundings.js';
import { assumeRoleInput, tokenService } from './token-service.js';
import { untilExpired } from './until-expired.js';
import { tokenWords, withJobToken, withWebIdentity } from './web-identity.js';

/**
 * The identity that the configuration names. Nothing is looked up until `provide` is called.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html
 */
export function identityFrom(source: CredentialSource, surroundings: Surroundings): Identity {
  if (source.kind !== 'role') return baseIdentity(source, surroundings);
  return assumed(source.role, baseIdentity(source.from, surroundings), surroundings);
}

/**
 * The same identity, with another one for the snapshots where the configuration names one.
 *
 * @param identity Who asks for the states.
 */
export function withBackupIdentity(
  identity: Identity,
  signer: SnapshotSigner | undefined,
  surroundings: Surroundings,
): Identity {
  switch (signer?.kind) {
    case undefined:
      return identity;
    case 'keys':
      return { ...identity, forBackups: baseIdentity(signer, surroundings) };
    case 'role':
      return { ...identity, forBackups: assumed(signer.role, identity, surroundings) };
  }
}

function assumed(role: AssumedRole, from: Identity, surroundings: Surroundings): Identity {
  const { assumeRole } = tokenService(surroundings);
  return {
    described: `the role ${role.arn}, assumed with ${from.described}`,
    provide: untilExpired(() => assumeRole(from, assumeRoleInput(role)), surroundings.clock),
  };
}

function baseIdentity(source: BaseSource, surroundings: Surroundings): Identity {
  const { listener, clock } = surroundings;
  const heard = (provide: Provider): Provider => hearing(provide, listener);
  switch (source.kind) {
    case 'keys':
      return {
        described: 'the access key that was given',
        provide: heard(async () => withoutKind(source)),
      };
    case 'profile': {
      const { profile, credentialsFiles } = source;
      const files = credentialsFiles?.join(', ') ?? 'the shared configuration files';
      return {
        described: `profile "${profile}" in ${files}`,
        provide: heard(opening(async () => (await sdkChain()).profileProvider(source, surroundings))),
      };
    }
    case 'ambient':
      return {
        described: AMBIENT,
        provide: heard(
          untilExpired(
            opening(async () => (await sdkChain()).ambientProvider(surroundings)),
            clock,
          ),
        ),
      };
    case 'web-identity':
      return {
        described: `the role ${source.role.arn}, taken with ${tokenWords(source.token)}`,
        provide: untilExpired(() => withWebIdentity(source, surroundings), clock),
      };
    case 'job-token':
      return {
        described: `the role ${source.role.arn}, taken with the ID token of this job`,
        provide: untilExpired(() => withJobToken(source, surroundings), clock),
      };
  }
}

const AMBIENT =
  'the environment (AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY), a web identity (AWS_WEB_IDENTITY_TOKEN_FILE), ' +
  'the shared configuration files (AWS_PROFILE or "default"), the container (AWS_CONTAINER_CREDENTIALS_…) ' +
  'and the instance metadata';

const sdkChain = () => import('./sdk-chain.js');

function hearing(provide: Provider, listener: Surroundings['listener']): Provider {
  return async () => {
    const credentials = await provide();
    listener(credentials);
    return credentials;
  };
}

/** Keeps the provider, which may keep what it has found. */
function opening(open: () => Promise<Provider>): Provider {
  let opened: Promise<Provider> | undefined;
  return async () => {
    opened ??= open();
    return (await opened)();
  };
}

function withoutKind({ kind: _, ...keys }: Extract<BaseSource, { kind: 'keys' }>): AccessKey {
  return keys;
}
