import { request } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { CredentialSource } from '../../../../src/config/settings.js';
import { identityFrom } from '../../../../src/stores/aws/identities/identity-from.js';
import { type Certificate, issueCertificate } from '../../../../testing/certificates.js';
import { type ConnectProxy, startConnectProxy } from '../../../../testing/connect-proxy.js';
import { type Listening, listen } from '../../../../testing/http-server.js';
import { type StsDouble, startStsDouble } from '../../../../testing/sts-double.js';
import { testSurroundings } from '../../../../testing/surroundings.js';
import { REACH } from '../../../../testing/test-data.js';

/** The token service is reached by the way by which the stores are reached. */

const SOURCE: CredentialSource = {
  kind: 'role',
  role: { arn: 'arn:aws:iam::1:role/r', sessionName: 'session', durationSeconds: 900 },
  from: { kind: 'keys', accessKeyId: 'AKIA', secretAccessKey: 's' },
};
const NAMES = ['sts.us-east-1.amazonaws.com', 'sts-fips.us-east-1.amazonaws.com', 'sts.us-east-1.api.aws'];

let sts: StsDouble;
let aws: Listening;
let proxy: ConnectProxy;
let certificate: Certificate;

beforeEach(async () => {
  sts = await startStsDouble();
  certificate = await issueCertificate(NAMES);
  const server = createServer(certificate, (message, response) => {
    const { method, url: path, rawHeaders: headers } = message;
    const passed = request(sts.endpoint, { method, path, headers, agent: false }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    message.pipe(passed);
  });
  aws = await listen(server);
  proxy = await startConnectProxy({ route: () => (server.address() as AddressInfo).port });
});

afterEach(() => Promise.all([sts, aws, proxy].map((each) => each.close())));

test.each([
  [{ fips: false, dualstack: false }, NAMES[0]],
  [{ fips: true, dualstack: false }, NAMES[1]],
  [{ fips: false, dualstack: true }, NAMES[2]],
])('by the proxy, at the endpoint and by the authorities that are configured: %j', async (variant, name) => {
  const reach = { ...REACH, ...variant, proxies: { https: proxy.endpoint, noProxy: [] } };
  const { provide } = identityFrom(SOURCE, testSurroundings({ reach, roots: [certificate.ca] }));
  expect(await provide()).toMatchObject({ accessKeyId: sts.issued[0]?.accessKeyId });
  expect(proxy.asked).toEqual([`${name}:443`]);
});

test('and by no others', async () => {
  const reach = { ...REACH, proxies: { https: proxy.endpoint, noProxy: [] } };
  await expect(identityFrom(SOURCE, testSurroundings({ reach })).provide()).rejects.toMatchObject({
    problem: { kind: 'unreachable', service: 'STS' },
  });
  expect(sts.requests).toEqual([]);
});
