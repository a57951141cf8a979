import { proxySecrets } from './proxies.js';
import type { AccessKey, BucketPlaces, CredentialSource, Encryption, SnapshotSigner } from './settings.js';

/** Everything in a run's configuration that must not be seen in a log. */
export function secretsOf({
  credentials,
  settings,
}: {
  credentials: AccessKey;
  settings: BucketPlaces;
}): string[] {
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  const { https, http } = settings.reach.proxies ?? {};
  const secrets = [
    ...[accessKeyId, secretAccessKey, sessionToken, customerKey(settings.backend.encryption)],
    ...sourceSecrets(settings.credentials),
    ...signerSecrets(settings.backup.signer),
  ];
  const texts = [https, http].filter((proxy) => proxy !== undefined).flatMap(proxySecrets);
  return [...secrets.filter((secret) => secret !== undefined), ...texts];
}

const customerKey = (encryption: Encryption) =>
  encryption.kind === 'customer-key' ? encryption.keyBase64 : undefined;

/** A role is no secret, and its session is masked when it begins. */
function signerSecrets(signer: SnapshotSigner | undefined): (string | undefined)[] {
  return signer?.kind === 'keys' ? sourceSecrets(signer) : [];
}

/** Also of keys that sign nothing but the request for a role. */
function sourceSecrets(source: CredentialSource): (string | undefined)[] {
  switch (source.kind) {
    case 'keys':
      return [source.accessKeyId, source.secretAccessKey, source.sessionToken];
    case 'web-identity':
      return source.token.kind === 'text' ? [source.token.text] : [];
    case 'role':
      return sourceSecrets(source.from);
    case 'profile':
    case 'ambient':
    case 'job-token':
      return [];
  }
}
