import type { SecureContext } from 'node:tls';
import { NodeHttpHandler, type NodeHttpHandlerOptions } from '@smithy/node-http-handler';
import type { HttpRequest } from '@smithy/types';
import { HttpProxyAgent } from 'http-proxy-agent';
import { HttpsProxyAgent } from 'https-proxy-agent';
import type { Proxies } from '../../config/settings.js';
import { isExempt } from './no-proxy.js';

type Timeouts = Required<Pick<NodeHttpHandlerOptions, 'connectionTimeout' | 'socketTimeout'>>;

/** How connections are made. */
interface Ways {
  /** Those that need no proxy, and the times that all may take. */
  readonly straight: NodeHttpHandlerOptions & Timeouts;
  /** How many connections an agent keeps. */
  readonly pool: { readonly keepAlive: boolean; readonly maxSockets: number };
  /** Whom TLS trusts: a server, and a proxy on `https://`. */
  readonly trust?: { readonly secureContext: SecureContext };
}

type Handler = Pick<
  NodeHttpHandler,
  'handle' | 'destroy' | 'metadata' | 'updateHttpClientConfig' | 'httpHandlerConfigs'
>;

/**
 * Sends the requests of a client through the proxy for their address, or straight where there is none. The SDK has an
 * agent a client, but one client has several addresses: S3's, and one for each bucket.
 */
export function handlerThrough(proxies: Proxies, ways: Ways): Handler {
  const { https, http } = proxies;
  const straight = new NodeHttpHandler(ways.straight);
  const proxied = new NodeHttpHandler({
    // Its agents see to the time that a connection takes.
    socketTimeout: ways.straight.socketTimeout,
    ...(https && { httpsAgent: proxyAgent(HttpsProxyAgent, https, ways) }),
    ...(http && { httpAgent: proxyAgent(HttpProxyAgent, http, ways) }),
  });
  return {
    metadata: straight.metadata,
    handle: (request, options) => (hasProxy(request, proxies) ? proxied : straight).handle(request, options),
    destroy: () => {
      straight.destroy();
      proxied.destroy();
    },
    updateHttpClientConfig: (key, value) => {
      straight.updateHttpClientConfig(key, value);
      proxied.updateHttpClientConfig(key, value);
    },
    httpHandlerConfigs: () => straight.httpHandlerConfigs(),
  };
}

function hasProxy({ protocol, hostname, port }: HttpRequest, { https, http, noProxy }: Proxies): boolean {
  const secure = protocol === 'https:';
  const host = hostname.replace(/^\[|\]$/g, '');
  return (
    (secure ? https : http) !== undefined && !isExempt({ host, port: port ?? (secure ? 443 : 80) }, noProxy)
  );
}

/**
 * An agent of the library, with four things that it lacks. It guesses from the call stack whether a request is one of
 * TLS, and guesses wrong when a connection is free again, which then is never used. It sets itself no time limit. It
 * does not tell a tunnel whom to trust. And it hands a refused CONNECT on as the answer of whoever is behind the proxy:
 * 404 would be a state that does not exist.
 *
 * @see https://github.com/TooTallNate/proxy-agents/blob/main/packages/https-proxy-agent/src/index.ts
 */
function proxyAgent(
  Agent: typeof HttpsProxyAgent | typeof HttpProxyAgent,
  proxy: string,
  { straight: { connectionTimeout: timeoutMs }, pool, trust }: Ways,
) {
  const agent = new Agent(proxy, pool);
  agent.isSecureEndpoint = () => Agent === HttpsProxyAgent;
  agent.connect = async (request: Connecting[0], options: Connecting[1]) => {
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(), timeoutMs);
    const connecting = new Agent(proxy, { ...pool, ...trust, signal: limit.signal });
    let refusal: Error | undefined;
    connecting.once('proxyConnect', ({ statusCode = 200, statusText = '' }) => {
      if (statusCode !== 200) refusal = refused(`${statusCode} ${statusText}`.trim());
    });
    try {
      const socket = await connecting.connect(request, { ...options, ...trust });
      if (refusal === undefined) return socket;
      socket.destroy();
      throw refusal;
    } catch (error) {
      throw limit.signal.aborted ? silent(timeoutMs) : error;
    } finally {
      clearTimeout(timer);
    }
  };
  return agent;
}

type Connecting = Parameters<HttpProxyAgent<string>['connect']>;

const refused = (answer: string) =>
  Object.assign(new Error(`the proxy refused to connect: ${answer}`), { code: 'ECONNREFUSED' });

const silent = (timeoutMs: number) =>
  Object.assign(new Error(`the proxy did not connect within ${timeoutMs} ms`), { code: 'ETIMEDOUT' });
