import { Agent as HttpsAgent } from 'node:https';
import { createSecureContext } from 'node:tls';
import type { Reach } from '../../config/settings.js';

/** Certificates of authorities, each as PEM. */
export type Roots = readonly string[];

/** In milliseconds. A server that sends nothing for so long as `socketTimeout` will not answer any more. */
const TIMEOUTS = { connectionTimeout: 5_000, socketTimeout: 30_000 };

/** As many connections as the SDK opens by itself. */
const POOL = { keepAlive: true, maxSockets: 50 };

/**
 * What sends the requests of a client: through the proxies, if there are any, and trusting nobody but the roots, if there
 * are any. Without both it is for the SDK to make.
 */
export async function requestHandler({ proxies }: Pick<Reach, 'proxies'>, roots?: Roots) {
  const trust = roots && { secureContext: createSecureContext({ ca: [...roots] }) };
  const straight = trust ? { ...TIMEOUTS, httpsAgent: new HttpsAgent({ ...POOL, ...trust }) } : TIMEOUTS;
  if (proxies === undefined) return straight;
  const { handlerThrough } = await import('./proxied-requests.js');
  return handlerThrough(proxies, { straight, pool: POOL, trust });
}
