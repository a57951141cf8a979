import { cataloguePrefix } from '../../src/names/snapshot-key.js';
import { s3Catalogue } from '../../src/stores/s3/snapshot-objects.js';
import { newClients, s3Connection } from '../../testing/connections.js';
import { catalogueInS3 } from '../../testing/contract-places.js';
import { memoryCatalogue } from '../../testing/memory-catalogue.js';
import { startS3Double } from '../../testing/s3-double/index.js';
import { ANYBODY } from '../../testing/server-view.js';
import { STATE_PATH } from '../../testing/test-data.js';
import {
  describeCatalogueContract,
  describeLockedSnapshots,
  describeSnapshotMetadata,
  type ObjectsUnderTest,
} from './catalogue-contract.js';

const BUCKET = 'backups';

describeCatalogueContract('a catalogue in memory', async () => {
  const { snapshots } = memoryCatalogue();
  return {
    open: async (statePath = STATE_PATH) =>
      memoryCatalogue({ prefix: cataloguePrefix('lockkeeper/', 'states', statePath), snapshots }),
    inspect: async (key) => snapshots.get(key),
    close: async () => {},
  };
});

describeCatalogueContract('a catalogue in S3', () => startInS3());
describeCatalogueContract('a catalogue in a store that wants no new checksums', () =>
  startInS3({ skipS3Checksum: true }),
);
describeSnapshotMetadata('a catalogue in S3', () => startInS3());

describeLockedSnapshots('a catalogue in S3', async () =>
  catalogueInS3(await startS3Double(), ANYBODY, { objectLock: true }),
);

async function startInS3(differences: { skipS3Checksum?: boolean } = {}): Promise<ObjectsUnderTest> {
  const server = await startS3Double();
  server.createBucket(BUCKET);
  const clients = newClients();
  return {
    open: async (statePath = STATE_PATH) =>
      s3Catalogue(await clients.s3(s3Connection(server.endpoint, differences)), {
        bucket: BUCKET,
        prefix: cataloguePrefix('lockkeeper/', 'states', statePath),
        encryption: { kind: 'bucket-default' },
      }),
    inspect: async (key) => server.getObject(BUCKET, key),
    metadataOf: async (key) => server.getObject(BUCKET, key)?.metadata ?? {},
    close: async () => {
      clients.destroy();
      await server.close();
    },
  };
}
