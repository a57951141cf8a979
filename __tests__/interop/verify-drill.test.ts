import { readFileSync } from 'node:fs';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { cataloguePrefix, snapshotName } from '../../src/names/snapshot-key.js';
import { encodeMetadata } from '../../src/stores/s3/snapshot-metadata.js';
import { BUCKET, type Servers, startServers, TABLE } from '../../testing/environment.js';
import { fromEmbedded } from '../../testing/interop-servers.js';
import { describeWithTools, toolPath } from '../../testing/interop-tools.js';
import { runStep, type StepResult } from '../../testing/runner.js';
import { inputsFor, type LockKind } from '../../testing/terraform.js';
import { stateBody, testSnapshot } from '../../testing/test-data.js';
import { newScene, type Scene } from './client-scene.js';

const PREFIX = 'lockkeeper/';
const DRILLS = `${PREFIX}.drill/`;
const ENCRYPTED = readFileSync('__tests__/state/fixtures/encrypted.tfstate');

/** More than one kind of address. */
const CONFIGURATION = `
resource "terraform_data" "each" {
  for_each = toset(["a b", "c\\"d"])
  input    = each.key
}
resource "terraform_data" "counted" {
  count = 2
}
`;

const CASES: readonly (readonly ['terraform' | 'tofu', LockKind])[] = [
  ['terraform', 'dynamodb'],
  ['terraform', 'lockfile'],
  ['tofu', 'dynamodb'],
  ['tofu', 'both'],
];

for (const [client, lock] of CASES) {
  describeWithTools(`a drill with the real ${client}, lock ${lock}`, [client, 'node24'], () => {
    let servers: Servers;
    let scene: Scene;
    let onPath: string;

    beforeAll(async () => {
      servers = await startServers();
    });
    afterAll(() => servers?.close());
    beforeEach(async () => {
      onPath = await mkdtemp(join(tmpdir(), 'lockkeeper-path-'));
      await symlink(toolPath(client), join(onPath, client));
      scene = await newScene({
        servers: fromEmbedded(servers),
        program: toolPath(client),
        lock,
        configuration: CONFIGURATION,
      });
    });
    afterEach(async () => {
      await scene?.close();
      await rm(onPath, { recursive: true, force: true });
    });

    const drill = (): Promise<StepResult> =>
      runStep({
        action: 'verify',
        entry: 'main',
        node: toolPath('node24'),
        inputs: { ...inputsFor(scene.place, lock), keys: `${scene.place.key}\nmore/**`, drill: 'true' },
        env: { PATH: onPath },
      });

    /** Stores a state that the client did not write, and its verified snapshot. */
    const putWithSnapshot = (path: string, body: Uint8Array, serial: number): string => {
      const { etag, lastModified } = servers.s3.putObject(BUCKET, path, Buffer.from(body));
      const name = snapshotName({ etag, lastModified: lastModified.getTime() }, serial, 'verified');
      const key = `${cataloguePrefix(PREFIX, BUCKET, path)}${name}`;
      const { metadata } = testSnapshot({ body, metadata: { serial } });
      servers.s3.putObject(BUCKET, key, Buffer.from(body), { metadata: encodeMetadata(metadata) });
      return key;
    };

    /** Of states put here by a test; and nothing of a drill may ever stay. */
    const cleanUp = async () => {
      for (const key of [...servers.s3.listKeys(BUCKET, 'more/'), ...servers.s3.listKeys(BUCKET, PREFIX)])
        servers.s3.deleteObject(BUCKET, key);
    };
    const leftOfDrills = async () => [
      ...servers.s3.listKeys(BUCKET, DRILLS),
      ...(await servers.dynamodb.scan(TABLE)).filter(({ LockID = '' }) => LockID.includes('.drill/')),
    ];

    test('it lists what the client itself wrote, downloads nothing, and leaves nothing', async () => {
      const job = await scene.newJob();
      expect(await job.main()).toMatchObject({ exitCode: 0 });
      expect(await job.post()).toMatchObject({ exitCode: 0 });
      const step = await drill();
      expect(step).toMatchObject({ exitCode: 0, errors: [] });
      expect(step.log).toMatch(/Restored for trial: 1 listed by (Terraform|OpenTofu) v\d+\.\d+/);
      expect(await leftOfDrills()).toEqual([]);
      await cleanUp();
    });

    test('it is told of a state that only OpenTofu can decrypt, and is green', async () => {
      putWithSnapshot('more/encrypted.tfstate', ENCRYPTED, 1);
      putWithSnapshot('more/plain.tfstate', stateBody({ values: {} }), 7);
      const step = await drill();
      expect(step).toMatchObject({ exitCode: 0, errors: [] });
      expect(step.log).toMatch(/1 listed by .*; 1 encrypted by OpenTofu/);
      expect(await leftOfDrills()).toEqual([]);
      await cleanUp();
    });

    // OpenTofu fails; Terraform 1.11 leaves the resource out without a word.
    test('it is red on a state that parses, and that the client does not read as a whole', async () => {
      const refused = stateBody()
        .toString()
        .replace('provider[\\"terraform.io/builtin/terraform\\"]', 'nonsense');
      const key = putWithSnapshot('more/refused.tfstate', Buffer.from(refused), 7);
      const step = await drill();
      expect(step).toMatchObject({ exitCode: 1, errors: [{ title: 'Snapshots in doubt' }] });
      expect(step.log).toContain(`Finding: ${key}: Restored for trial, `);
      expect(step.outputs['findings']).toBe('1');
      expect(await leftOfDrills()).toEqual([]);
      await cleanUp();
    });
  });
}
