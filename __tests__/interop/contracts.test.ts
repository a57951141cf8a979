import {
  bothLocksIn,
  catalogueInS3,
  digestInDynamodb,
  lockInDynamodb,
  lockInS3,
  stateInS3,
} from '../../testing/contract-places.js';
import { startDynamodbLocal } from '../../testing/dynamodb-local.js';
import { describeWithTools } from '../../testing/interop-tools.js';
import { startMoto } from '../../testing/moto.js';
import { startVersitygw, VERSITYGW_CREDENTIALS } from '../../testing/versitygw.js';
import {
  describeCatalogueContract,
  describeLockedSnapshots,
  describeSnapshotMetadata,
} from '../contracts/catalogue-contract.js';
import { describeLockContract } from '../contracts/lock-contract.js';
import { describeDigestContract, describeStateObjectContract } from '../contracts/state-writer-contract.js';

describeWithTools('DynamoDB Local', ['dynamodb_local', 'java'], () => {
  describeLockContract('a lock in DynamoDB Local', async () => lockInDynamodb(await startDynamodbLocal()));
  describeDigestContract('a digest in DynamoDB Local', async () =>
    digestInDynamodb(await startDynamodbLocal()),
  );
});

describeWithTools('moto', ['moto_python'], () => {
  describeLockContract("a lock in moto's DynamoDB", async () => lockInDynamodb(await startMoto()));
  describeLockContract("a lockfile in moto's S3", async () => lockInS3(await startMoto()));
  describeLockContract('a lockfile and an item in moto', async () => bothLocksIn(await startMoto()));
  describeCatalogueContract("a catalogue in moto's S3", async () => catalogueInS3(await startMoto()));
  describeSnapshotMetadata("a catalogue in moto's S3", async () => catalogueInS3(await startMoto()));
  describeStateObjectContract("a state in moto's S3", async () => stateInS3(await startMoto()));
  describeDigestContract("a digest in moto's DynamoDB", async () => digestInDynamodb(await startMoto()));
  // No locked snapshots: asked for the retention of an object that has none, moto answers with the object's own bytes.
});

// Without versioning: there a lock that was removed would leave a delete marker, which this server takes for an object.
describeWithTools('versitygw', ['versitygw'], () => {
  const credentials = VERSITYGW_CREDENTIALS;
  describeLockContract('a lockfile in versitygw', async () =>
    lockInS3(await startVersitygw(), { credentials }),
  );
  describeCatalogueContract('a catalogue in versitygw', async () =>
    catalogueInS3(await startVersitygw(), credentials),
  );
  describeSnapshotMetadata('a catalogue in versitygw', async () =>
    catalogueInS3(await startVersitygw(), credentials),
  );
  describeStateObjectContract('a state in versitygw', async () =>
    stateInS3(await startVersitygw(), { credentials }),
  );
  describeLockedSnapshots('a catalogue in versitygw', async () =>
    catalogueInS3(await startVersitygw(), credentials, { objectLock: true }),
  );
});
