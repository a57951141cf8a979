import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type IncomingMessage, request as openRequest, type ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { issueCertificate } from './certificates.js';
import { type ConnectProxy, type ProxyOptions, startConnectProxy } from './connect-proxy.js';
import type { Servers } from './environment.js';
import { type Listening, listen } from './http-server.js';
import type { Environment } from './runner-environment.js';

export interface AwsProxy extends ConnectProxy {
  /** The variables by which a process finds AWS here, and trusts it. */
  readonly environment: Environment;
  /** The authority of its certificate. */
  readonly caFile: string;
  /** How many TLS connections there were in all. */
  readonly connections: number;
}

/** Regions that a certificate is there for. */
const REGIONS = ['us-east-1', 'eu-central-1'];

/** Those of FIPS, of dual stack, and of both among them. */
function namesIn(region: string): string[] {
  const s3 = ['s3', 's3-fips', 's3.dualstack', 's3-fips.dualstack'].map(
    (name) => `${name}.${region}.amazonaws.com`,
  );
  const dynamodb = ['dynamodb', 'dynamodb-fips'].flatMap((name) => [
    `${name}.${region}.amazonaws.com`,
    `${name}.${region}.api.aws`,
  ]);
  return [...dynamodb, ...s3, ...s3.map((name) => `*.${name}`)];
}

/**
 * The endpoints of AWS, with TLS, played by embedded servers: `amazonaws.com` itself cannot be reached through it. So are all
 * of `example.com`, for endpoints of one's own.
 */
export async function startAwsProxy(
  servers: Pick<Servers, 's3Proxy' | 'dynamodbProxy'>,
  options: Omit<ProxyOptions, 'route'> = {},
): Promise<AwsProxy> {
  const { key, cert, ca } = await issueCertificate([...REGIONS.flatMap(namesIn), '*.example.com']);
  let connections = 0;
  const server = createServer({ key, cert }, (message, response) => {
    const isS3 = message.headers['x-amz-target'] === undefined;
    passOn(message, response, (isS3 ? servers.s3Proxy : servers.dynamodbProxy).endpoint);
  });
  server.on('secureConnection', () => {
    connections++;
  });
  const aws = await listen(server);
  const port = Number(new URL(aws.endpoint).port);
  const isPlayed = (address: string) => /\.(amazonaws\.com|api\.aws|example\.com):443$/.test(address);
  const proxy = await startConnectProxy({
    ...options,
    route: (address) => (isPlayed(address) ? port : undefined),
  });
  const folder = await mkdtemp(join(tmpdir(), 'lockkeeper-ca-'));
  const caFile = join(folder, 'ca.pem');
  await writeFile(caFile, ca);
  return {
    ...proxy,
    environment: { HTTPS_PROXY: proxy.endpoint, NODE_EXTRA_CA_CERTS: caFile },
    caFile,
    get connections() {
      return connections;
    },
    close: () => closeAll([proxy, aws], folder),
  };
}

async function closeAll(listening: readonly Listening[], folder: string): Promise<void> {
  await Promise.all(listening.map((each) => each.close()));
  await rm(folder, { recursive: true });
}

/** Keeps the Host header, which is signed. A connection that is cut behind is cut in front. */
function passOn(message: IncomingMessage, response: ServerResponse, target: string): void {
  const { method, url: path, rawHeaders: headers } = message;
  const outgoing = openRequest(target, { method, path, headers, agent: false }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  outgoing.on('error', () => message.socket.destroy());
  message.pipe(outgoing);
}
