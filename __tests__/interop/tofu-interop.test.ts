import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { type InteropServers, startEmbedded } from '../../testing/interop-servers.js';
import { describeWithTools, toolPath } from '../../testing/interop-tools.js';
import { describeClient } from './client-interop.js';
import { newScene, type Scene } from './client-scene.js';

const embedded = { name: 'the embedded servers', tools: [], start: startEmbedded };

describeClient({ client: 'tofu', lock: 'dynamodb', servers: embedded });
describeClient({ client: 'tofu', lock: 'lockfile', servers: embedded });
describeClient({ client: 'tofu', lock: 'both', servers: embedded });

const ENCRYPTION = `
terraform {
  encryption {
    key_provider "pbkdf2" "passphrase" {
      passphrase = "correct-horse-battery-staple"
    }
    method "aes_gcm" "authenticated" {
      keys = key_provider.pbkdf2.passphrase
    }
    state {
      method = method.aes_gcm.authenticated
    }
  }
}
`;

describeWithTools('tofu with an encrypted state', ['tofu', 'node24'], () => {
  let servers: InteropServers;
  let scene: Scene;

  beforeAll(async () => {
    servers = await startEmbedded();
  });
  afterAll(() => servers?.close());
  afterEach(() => scene?.close());

  test('it is copied byte for byte, and its header is read', async () => {
    scene = await newScene({ servers, program: toolPath('tofu'), lock: 'both', configuration: ENCRYPTION });
    const { place, checkout, newJob } = scene;
    const stored = await servers.s3.get(place.bucket, place.key);
    const state = JSON.parse(stored?.body.toString() ?? '');
    expect(Object.keys(state)).toContain('encrypted_data');

    const job = await newJob();
    const main = await job.main();
    expect(main).toMatchObject({ exitCode: 0, warnings: [] });
    expect(main.outputs).toMatchObject({
      state_exists: 'true',
      state_serial: String(state.serial),
      state_lineage: state.lineage,
    });
    const snapshot = await servers.s3.get(place.bucket, main.outputs['snapshot_key'] ?? '');
    expect(snapshot?.body.equals(stored?.body ?? Buffer.of())).toBe(true);
    expect(snapshot?.metadata).toMatchObject({ verified: 'true', serial: String(state.serial) });

    await checkout.succeed(['apply', '-auto-approve', '-var', 'greeting=bonjour'], job.environment());
    const after = await servers.s3.get(place.bucket, place.key);
    const post = await job.post();
    expect(post).toMatchObject({ exitCode: 0, warnings: [] });
    expect(post.summary).toContain('The state is encrypted');
    const keys = await servers.s3.keys(place.bucket, `lockkeeper/${place.bucket}/${place.key}/`);
    const copies = await Promise.all(keys.map((key) => servers.s3.get(place.bucket, key)));
    expect(copies.filter((copy) => copy?.body.equals(after?.body ?? Buffer.of()))).toHaveLength(1);
  });
});

describeWithTools('tofu with lock_tags and state_tags', ['tofu', 'node24'], () => {
  let servers: InteropServers;
  let scene: Scene;

  beforeAll(async () => {
    servers = await startEmbedded();
  });
  afterAll(() => servers?.close());
  afterEach(() => scene?.close());

  const TAGS = ['lock_tags={ team = "net ops", "a+b" = "c=d/e" }', 'state_tags={ kind = "state" }'];
  /** The tags of everything that was written, by the last part of its key. */
  const writtenTags = () =>
    servers.s3Proxy.requests
      .filter(({ method }) => method === 'PUT')
      .map(({ url, headers }) => {
        const tags = [...new URLSearchParams(String(headers['x-amz-tagging'] ?? ''))].sort();
        return [url.split('?')[0]?.split('.').at(-1), tags];
      });

  test('the lockfile gets the tags that it gets from the client, and a snapshot none', async () => {
    scene = await newScene({ servers, program: toolPath('tofu'), lock: 'lockfile' });
    const { checkout, newJob } = scene;
    await checkout.succeed(['init', '-reconfigure', ...TAGS.map((line) => `-backend-config=${line}`)]);
    servers.s3Proxy.clearRequests();
    await checkout.succeed(['apply', '-auto-approve', '-var', 'greeting=tagged']);
    const [lockfile] = writtenTags();
    expect(lockfile).toEqual([
      'tflock',
      [
        ['a+b', 'c=d/e'],
        ['team', 'net ops'],
      ],
    ]);

    servers.s3Proxy.clearRequests();
    const job = await newJob({ backend_config: TAGS.join('\n') });
    expect(await job.main()).toMatchObject({ exitCode: 0, warnings: [] });
    expect(await job.post()).toMatchObject({ exitCode: 0, warnings: [] });
    const ours = writtenTags();
    expect(ours.filter(([name]) => name === 'tflock')[0]).toEqual(lockfile);
    expect(ours.filter(([name]) => name === 'tfstate')).toEqual([['tfstate', []]]);
  });
});
