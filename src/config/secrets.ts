import { proxySecrets } from './proxies.js';
import type { AccessKey, Encryption, Places } from './settings.js';

/** Everything in a run's configuration that must not be seen in a log. */
export function secretsOf({ credentials, settings }: { credentials: AccessKey; settings: Places }): string[] {
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  const { https, http } = settings.reach.proxies ?? {};
  const secrets = [accessKeyId, secretAccessKey, sessionToken, customerKey(settings.backend.encryption)];
  const texts = [https, http].filter((proxy) => proxy !== undefined).flatMap(proxySecrets);
  return [...secrets.filter((secret) => secret !== undefined), ...texts];
}

const customerKey = (encryption: Encryption) =>
  encryption.kind === 'customer-key' ? encryption.keyBase64 : undefined;
