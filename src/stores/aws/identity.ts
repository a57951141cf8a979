import type { AwsCredentialIdentity } from '@smithy/types';
import type { AccessKey, CredentialSource } from '../../config/settings.js';
import { BackendError } from '../../job/backend-error.js';

type Provider = () => Promise<AwsCredentialIdentity>;

/** Who the requests are signed as. */
export interface Identity {
  /** Asked by the SDK before a request; it caches the answer until its expiration. */
  provide(): Promise<AwsCredentialIdentity>;
  /** Where the credentials are looked for, for the error that says that there are none. */
  readonly described: string;
  /** Called when the service does not take the credentials any more; from then on `provide` gives others. */
  renew?(): void;
  /** Whether `provide` gives others by now. What they do not find may be there all the same, out of their sight. */
  isAnother?(): boolean;
}

/** The same identity; `listener` hears of all credentials before they are used. */
export function listenedTo(identity: Identity, listener: (credentials: AccessKey) => void): Identity {
  return {
    ...identity,
    provide: async () => {
      const credentials = await identity.provide();
      listener(credentials);
      return credentials;
    },
  };
}

/**
 * The identity that the configuration names. Nothing is looked up until `provide` is called.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html
 */
export function identityFrom(source: CredentialSource): Identity {
  switch (source.kind) {
    case 'keys':
      return {
        described: 'the access key that was given',
        provide: async () => withoutKind(source),
      };
    case 'profile':
      return {
        described: `profile "${source.profile}" in ${source.sharedCredentialsFile ?? 'the shared configuration files'}`,
        provide: remembering(() => profileProvider(source)),
      };
    case 'ambient':
      return {
        described:
          'the environment (AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY), a web identity (AWS_WEB_IDENTITY_TOKEN_FILE), ' +
          'the shared configuration files (AWS_PROFILE or "default"), the container (AWS_CONTAINER_CREDENTIALS_…) ' +
          'and the instance metadata',
        provide: remembering(ambientProvider),
      };
  }
}

/**
 * The identity of main, in post: the credentials that main used, and once those have expired, what their source gives
 * now. A given key has no source, so there it is the ambient chain. docs/decisions.md says why in this order.
 */
export function resumedIdentity(saved: AccessKey, source: CredentialSource): Identity {
  const fresh = identityFrom(source.kind === 'keys' ? { kind: 'ambient' } : source);
  let expired = false;
  return {
    described: `the credentials of the main step (expired), then ${fresh.described}`,
    // Already expired as far as the SDK can tell, so that it asks again after `renew`.
    provide: async () => (expired ? fresh.provide() : { ...saved, expiration: new Date(0) }),
    renew: () => {
      expired = true;
    },
    isAnother: () => expired,
  };
}

/**
 * Looks the credentials up, in the form in which main hands them to post.
 *
 * @throws BackendError if there are none, saying where they were looked for
 */
export async function resolveCredentials(identity: Identity): Promise<AccessKey> {
  try {
    const { accessKeyId, secretAccessKey, sessionToken } = await identity.provide();
    return { accessKeyId, secretAccessKey, sessionToken };
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw new BackendError({ kind: 'no-credentials', tried: identity.described, detail }, { cause: error });
  }
}

function withoutKind({ kind: _, ...keys }: Extract<CredentialSource, { kind: 'keys' }>): AccessKey {
  return keys;
}

/** Keeps the provider, which keeps the credentials until they expire: looking them up may cost a request. */
function remembering(open: () => Promise<Provider>): Provider {
  let opened: Promise<Provider> | undefined;
  return async () => {
    opened ??= open();
    return (await opened)();
  };
}

async function profileProvider({
  profile,
  sharedCredentialsFile,
}: Extract<CredentialSource, { kind: 'profile' }>) {
  const { fromIni } = await import('@aws-sdk/credential-provider-ini');
  return fromIni({
    profile,
    ignoreCache: true,
    filepath: sharedCredentialsFile,
  });
}

async function ambientProvider() {
  const { defaultProvider } = await import('@aws-sdk/credential-provider-node');
  return defaultProvider();
}
