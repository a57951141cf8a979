import { X509Certificate } from 'node:crypto';
import type { Reach } from './settings.js';
import type { ConfigFiles } from './sources/config-files.js';

const BLOCK = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g;

/**
 * The certificates of a bundle, each as PEM. What is none, or cannot be read as one, is passed over, as in Go.
 *
 * @see https://pkg.go.dev/crypto/x509#CertPool.AppendCertsFromPEM
 */
export function certificatesIn(bundle: Uint8Array): string[] {
  const blocks = Buffer.from(bundle).toString('latin1').match(BLOCK) ?? [];
  return blocks.filter(isCertificate);
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0;
  } catch {
    return false;
  }
}

/** Whom TLS trusts: the certificates of the bundle that is configured; undefined where there are none to be read. */
export function trustedRoots(
  { caBundle }: Pick<Reach, 'caBundle'>,
  files: Pick<ConfigFiles, 'read'>,
): readonly string[] | undefined {
  const bytes = caBundle === undefined ? undefined : files.read(caBundle);
  const certificates = bytes === undefined ? [] : certificatesIn(bytes);
  return certificates.length > 0 ? certificates : undefined;
}
