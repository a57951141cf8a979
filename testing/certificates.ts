import { randomUUID } from 'node:crypto';
import { generate } from 'selfsigned';

/** What a server shows, and what a client trusts it by. All PEM. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
  readonly ca: string;
}

/** A certificate for these host names, by an authority of its own; good for a day. */
export async function issueCertificate(names: readonly string[]): Promise<Certificate> {
  const common = { keyType: 'ec', algorithm: 'sha256' } as const;
  const authority = await generate(
    [{ name: 'commonName', value: `Lockkeeper test authority ${randomUUID()}` }],
    {
      ...common,
      extensions: [
        { name: 'basicConstraints', cA: true, critical: true },
        { name: 'keyUsage', keyCertSign: true, critical: true },
      ],
    },
  );
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'Lockkeeper test server' }], {
    ...common,
    ca: { key: authority.private, cert: authority.cert },
    extensions: [{ name: 'subjectAltName', altNames: names.map((value) => ({ type: 2, value }) as const) }],
  });
  return { key, cert, ca: authority.cert };
}
