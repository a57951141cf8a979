import { md5Hex } from '../../src/state/digest.js';
import type { StateWriter } from '../../src/state/state-writer.js';
import { digestInDynamodb, stateInS3 } from '../../testing/contract-places.js';
import { startDynamodb } from '../../testing/dynamodb-embedded.js';
import { type MemoryState, memoryStateWriter } from '../../testing/memory-state.js';
import { startS3Double } from '../../testing/s3-double/index.js';
import { describeDigestContract, describeStateObjectContract } from './state-writer-contract.js';

describeStateObjectContract('a state in memory', async () => {
  const state: MemoryState = {};
  return {
    writer: memoryStateWriter(state),
    store: async (body) => {
      state.body = body;
      return body && `"${md5Hex(body)}"`;
    },
    stored: async () => state.body,
    close: async () => {},
  };
});
describeStateObjectContract('a state in S3', async () => stateInS3(await startS3Double()));
describeStateObjectContract('a state in a store that wants no new checksums', async () =>
  stateInS3(await startS3Double(), { skipS3Checksum: true }),
);

describeDigestContract('a digest in memory', async () => {
  const state: MemoryState = {};
  return {
    digest: memoryStateWriter(state).digest as NonNullable<StateWriter['digest']>,
    store: async (digest) => {
      state.digest = digest;
    },
    stored: async () => state.digest,
    close: async () => {},
  };
});
describeDigestContract('a digest in DynamoDB', async () => digestInDynamodb(await startDynamodb()));
