import { describe, expect, test } from '@jest/globals';
import type { Answer, Fault } from '../../testing/fault-proxy.js';
import { answerInstead, s3Error } from '../../testing/faults.js';
import { timeLapse } from '../../testing/time-lapse.js';
import { inScene, type Kind, STATE } from './scene.js';

/** AWS calls it so where a service has no word of its own. */
const INTERNAL_FAILURE: Answer = {
  status: 500,
  headers: { 'content-type': 'application/x-amz-json-1.0' },
  body: JSON.stringify({ __type: 'com.amazon.coral.service#InternalFailure', message: '' }),
};
/** More than "max_retries" has one request sent. */
const LONG = { times: 8 };

const OUTAGES: readonly (readonly [what: string, Kind, request: string, Fault])[] = [
  ['DynamoDB: InternalFailure', 'dynamodb', 'DeleteItem lock', answerInstead(INTERNAL_FAILURE)],
  [
    'a MinIO that starts again',
    'lockfile',
    'DELETE lockfile',
    answerInstead(s3Error(503, 'XMinioServerNotInitialized', 'Server not initialized, please try again.')),
  ],
  [
    'a gateway in between',
    'lockfile',
    'DELETE lockfile',
    answerInstead(s3Error(504, 'UpstreamTimeout', 'Upstream took too long.')),
  ],
];

describe('an outage of a few seconds that goes by a name of its own', () => {
  test.concurrent.each(OUTAGES)('does not leave the lock for ever (%s)', (_, kind, request, fault) =>
    inScene(async (scene) => {
      await scene.putState(STATE);
      const job = await scene.startJob(kind, { env: timeLapse() });
      expect((await job.main()).exitCode).toBe(0);
      scene.onRequest(request, fault, LONG);
      const post = await job.post();
      expect(post.errors).toEqual([]);
      expect(await scene.lockRecords()).toEqual([]);
    }),
  );
});
