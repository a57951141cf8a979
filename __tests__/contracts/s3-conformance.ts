import { randomBytes } from 'node:crypto';
import {
  CreateBucketCommand,
  PutBucketVersioningCommand,
  S3Client,
  type S3ClientConfig,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { access } from './s3-probes/access.js';
import { conditionalWrites } from './s3-probes/conditional-writes.js';
import { copies } from './s3-probes/copies.js';
import { deletes } from './s3-probes/deletes.js';
import { integrity } from './s3-probes/integrity.js';
import { listings } from './s3-probes/listings.js';
import { type Probe, type ProbeContext, refusal } from './s3-probes/probe.js';
import { reads } from './s3-probes/reads.js';
import { versions } from './s3-probes/versions.js';

/** A running server, and where it is known to differ from Amazon S3. */
export interface S3UnderTest {
  /** Endpoint, region, credentials. Addresses are path-style. */
  readonly client: S3ClientConfig;
  /** What the server answers instead, by the probe's name. It is asserted: a difference that has gone fails the suite. */
  readonly knownDifferences?: KnownDifferences;
  close(): Promise<void>;
}

export type KnownDifferences = Readonly<Record<string, string>>;

const groups: Readonly<Record<string, readonly Probe[]>> = {
  'conditional writes': conditionalWrites,
  deletes,
  reads,
  copies,
  versions,
  listings,
  integrity,
  access,
};

/**
 * Asks a server everything that Lockkeeper and Terraform rely on, and compares with what Amazon S3 answers. The known
 * differences of the server are printed at the end.
 */
export function describeS3Conformance(name: string, start: () => Promise<S3UnderTest>): void {
  describe(`${name} answers as Amazon S3 does`, () => {
    let server: S3UnderTest;
    let newContext: (probeNumber: number) => ProbeContext;
    const clients: S3Client[] = [];

    beforeAll(async () => {
      server = await start();
      const connect = (differences: S3ClientConfig): S3Client => {
        const client = new S3Client({ ...baseConfig, ...server.client, ...differences });
        clients.push(client);
        return client;
      };
      const client = connect({});
      const buckets = await createBuckets(client);
      newContext = (probeNumber) => ({ client, connect, ...buckets, key: `probe-${probeNumber}` });
    });

    afterAll(async () => {
      for (const client of clients) client.destroy();
      await server.close();
      const lines = Object.entries(server.knownDifferences ?? {}).map(
        ([probe, answer]) => `  ${probe}: ${answer}`,
      );
      if (lines.length > 0) console.info(`${name} differs from Amazon S3:\n${lines.join('\n')}`);
    });

    test('every known difference belongs to a probe', () => {
      const names = Object.values(groups).flatMap((probes) => probes.map((probe) => probe.name));
      expect(Object.keys(server.knownDifferences ?? {}).filter((each) => !names.includes(each))).toEqual([]);
    });

    let probeNumber = 0;
    for (const [group, probes] of Object.entries(groups)) {
      describe(group, () => {
        for (const probe of probes) {
          const context = probeNumber++;
          test(probe.name, async () => {
            const answer = await answerTo(probe, newContext(context));
            expect(answer).toBe(server.knownDifferences?.[probe.name] ?? probe.expected);
          });
        }
      });
    }
  });
}

/** A refusal that a probe did not reckon with is an answer too. */
async function answerTo(probe: Probe, context: ProbeContext): Promise<string> {
  try {
    return await probe.observe(context);
  } catch (error) {
    return refusal(error);
  }
}

/** One attempt: a refusal is an answer here. No checksum that a probe did not ask for. */
const baseConfig: S3ClientConfig = {
  forcePathStyle: true,
  maxAttempts: 1,
  requestChecksumCalculation: 'WHEN_REQUIRED',
  responseChecksumValidation: 'WHEN_REQUIRED',
};

async function createBuckets(client: S3Client): Promise<Pick<ProbeContext, 'bucket' | 'versionedBucket'>> {
  const suffix = randomBytes(4).toString('hex');
  const [bucket, versionedBucket] = [`plain-${suffix}`, `versioned-${suffix}`];
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  await client.send(new CreateBucketCommand({ Bucket: versionedBucket }));
  await client.send(
    new PutBucketVersioningCommand({
      Bucket: versionedBucket,
      VersioningConfiguration: { Status: 'Enabled' },
    }),
  );
  return { bucket, versionedBucket };
}
