import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { machineFiles } from '../../src/actions/config-files.js';
import { ConfigError } from '../../src/config/config-error.js';
import { parseSettings } from '../../src/config/inputs.js';
import { readBackendConfig } from '../../src/config/sources/backend-config.js';
import { identityFrom } from '../../src/stores/aws/identities/identity-from.js';
import { type InteropServers, startEmbedded } from '../../testing/interop-servers.js';
import { describeWithTools, toolPath } from '../../testing/interop-tools.js';
import { type StsDouble, type StsRequest, startStsDouble } from '../../testing/sts-double.js';
import { testSurroundings } from '../../testing/surroundings.js';
import { IDENTITY_CASES, type IdentityCase, REFUSED_IDENTITIES } from './identity-cases.js';

const BUCKET = 'identities';

/** Which roles are asked for, how and by whom, and who signs in the end. */
interface Signing {
  readonly asked: readonly object[];
  readonly signer: string;
}

for (const client of ['terraform', 'tofu'] as const) {
  describeWithTools(`who signs is who signs for ${client}`, [client], () => {
    let servers: InteropServers;
    let sts: StsDouble;
    let folder: string;
    let environment: NodeJS.ProcessEnv;

    beforeAll(async () => {
      servers = await startEmbedded();
      await servers.s3.createBucket(BUCKET);
    });
    afterAll(() => servers?.close());

    /** Our own process has the environment of the case too: the SDK reads it. */
    beforeEach(async () => {
      sts = await startStsDouble();
      folder = await mkdtemp(join(tmpdir(), 'lockkeeper-identity-'));
      environment = { ...process.env };
    });
    afterEach(async () => {
      for (const name of Object.keys(process.env)) delete process.env[name];
      Object.assign(process.env, environment);
      await sts.close();
      await rm(folder, { recursive: true });
    });

    const blockOf = ({ backend }: IdentityCase) => `
bucket                      = "${BUCKET}"
key                         = "k"
region                      = "us-east-1"
use_path_style              = true
skip_credentials_validation = true
skip_requesting_account_id  = true
skip_region_validation      = true
${backend}
`;

    async function envOf({ files = {}, env = {} }: IdentityCase) {
      for (const [name, text] of Object.entries(files)) {
        await mkdir(dirname(join(folder, name)), { recursive: true });
        await writeFile(join(folder, name), text);
      }
      const absolute = Object.entries(env).map(([name, text]) =>
        name.endsWith('_FILE') && text !== '' ? [name, join(folder, text)] : [name, text],
      );
      return {
        ...Object.fromEntries(absolute),
        HOME: folder,
        AWS_EC2_METADATA_DISABLED: 'true',
        AWS_ENDPOINT_URL_S3: servers.s3Proxy.endpoint,
        AWS_ENDPOINT_URL_STS: sts.endpoint,
      } as Record<string, string>;
    }

    /** The program ends with an error where the store does not know who signs: that is not asked here. */
    async function init(scene: IdentityCase): Promise<string> {
      const text = `terraform {\n  backend "s3" {${blockOf(scene)}  }\n}\n`;
      await writeFile(join(folder, 'main.tf'), text);
      const env = { ...(await envOf(scene)), CHECKPOINT_DISABLE: '1', PATH: environment['PATH'] ?? '' };
      const run = promisify(execFile)(toolPath(client), ['init', '-input=false', '-no-color'], {
        cwd: folder,
        env,
      });
      return run.then(
        () => '',
        ({ stdout, stderr }) => `${stdout}${stderr}`,
      );
    }

    async function theirs(scene: IdentityCase): Promise<Signing> {
      servers.s3Proxy.clearRequests();
      const output = await init(scene);
      const authorization = servers.s3Proxy.requests[0]?.headers.authorization;
      if (authorization === undefined) throw new Error(`Nothing was signed:\n${output}`);
      return signing(/Credential=([^/]+)/.exec(authorization)?.[1] ?? '');
    }

    /** Keys of sessions by their place, for each is another. */
    function signing(signer: string): Signing {
      const issued = sts.issued.map(({ accessKeyId }) => accessKeyId);
      const named = (key = 'nobody') => (issued.includes(key) ? 'a session of the role before' : key);
      const requests = sts.requests.filter(({ action }) => action !== 'GetCallerIdentity');
      const asked = requests.map(({ signedBy, parameters, ...request }) => ({
        ...request,
        signedBy: named(signedBy),
        parameters: withoutChance(parameters),
      }));
      // The clients ask for some roles several times, to see whether they get them.
      const once = new Map(asked.map((each) => [JSON.stringify(each), each]));
      return { asked: [...once.values()], signer: named(signer) };
    }

    async function ours(scene: IdentityCase): Promise<Signing> {
      const env = await envOf(scene);
      const { lookup, credentials, backend } = parsed(env);
      for (const name of Object.keys(process.env)) delete process.env[name];
      Object.assign(process.env, env);
      const identity = identityFrom(
        credentials,
        testSurroundings({ lookup, maxAttempts: backend.maxAttempts }),
      );
      return signing((await identity.provide()).accessKeyId);
    }

    function parsed(env: Readonly<Record<string, string>>) {
      const inputs = { ...env, GITHUB_WORKSPACE: folder };
      const files = { files: machineFiles, jobStartedAt: Date.now() + 60_000, homeDir: folder };
      return parseSettings(inputs, { homeDir: folder, backendConfig: readBackendConfig(inputs, files) });
    }

    const isOfClient = ({ only = client }: IdentityCase) => only === client;

    test.each(IDENTITY_CASES.filter(isOfClient))('$name', async (scene) => {
      const expected = await theirs(scene);
      await sts.close();
      sts = await startStsDouble();
      expect(await ours(scene)).toEqual(expected);
    });

    test.each(REFUSED_IDENTITIES.filter(isOfClient))('and refuses what it refuses: $name', async (scene) => {
      expect(await init(scene)).toContain('Error: ');
      expect(() => parsed({})).toThrow(ConfigError);
    });
  });
}

/** A session that nobody named has a name that tells its client, and a time. */
function withoutChance(parameters: StsRequest['parameters']): StsRequest['parameters'] {
  const { RoleSessionName = '', ...rest } = parameters;
  return {
    ...rest,
    RoleSessionName: /^(aws-go-sdk-)?\d+$|^lockkeeper/.test(RoleSessionName) ? 'ours' : RoleSessionName,
  };
}
