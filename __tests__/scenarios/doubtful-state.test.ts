import { describe, expect, test } from '@jest/globals';
import { BUCKET, STATE_PATH, TABLE } from '../../testing/environment.js';
import { encryptedStateBody, LINEAGE } from '../../testing/test-data.js';
import { DIGEST_ID, inRounds, inScene, LOCK_PATH, type Scene, STATE } from './scene.js';

const text = Buffer.from(STATE).toString();
const OTHER_DIGEST = 'd41d8cd98f00b204e9800998ecf8427e';

const DOUBTFUL = [
  { what: 'is not JSON', body: Buffer.from('<html>Not found</html>'), doubt: /The state is not JSON/ },
  {
    what: 'breaks off',
    body: Buffer.from(text.slice(0, 200)),
    doubt: /The state breaks off: .* after 200 bytes\./,
  },
  {
    what: 'has bytes that are no text',
    body: Buffer.from([0xff, 0xfe, 0x00, 0x7b]),
    doubt: /The state is not JSON: it goes wrong at byte offset 0\./,
  },
  {
    what: 'has a lineage that is too much for the environment, in which post finds what main knew',
    body: Buffer.concat([
      Buffer.from('{"version": 4, "serial": 7, "lineage": "'),
      // Each of them is three bytes once it is text.
      Buffer.alloc(60_000, 0xff),
      Buffer.from('", "resources": []}'),
    ]),
    doubt: /The lineage of the state is too long/,
  },
];

describe('a state that Terraform may not read', () => {
  test.concurrent.each(DOUBTFUL)('is copied as it is, with a warning: it $what', ({ body, doubt }) =>
    inScene(async (scene) => {
      await scene.putState(body);
      const job = await scene.startJob('dynamodb');
      const main = await job.main();
      expect(main).toMatchObject({
        exitCode: 0,
        errors: [],
        outputs: { locked: 'true', snapshot_created: 'true' },
      });
      const [snapshot] = scene.snapshots();
      expect(snapshot?.body).toEqual(body);
      expect(main.warnings).toEqual([{ title: 'State is doubtful', message: expect.stringMatching(doubt) }]);
      expect(snapshot?.metadata).toMatchObject({ verified: 'false', doubts: expect.stringMatching(doubt) });
      const post = await job.post();
      expect(post).toMatchObject({ exitCode: 0, errors: [] });
      expect(post.summary).toMatch(doubt);
      expect(scene.snapshots()).toHaveLength(1);
    }),
  );

  test.concurrent('is copied after the job too', () =>
    inScene(async (scene) => {
      await scene.putState(STATE);
      const job = await scene.startJob('lockfile');
      await job.main();
      await scene.putState(Buffer.from(text.slice(0, 200)));
      const post = await job.post();
      expect(post).toMatchObject({ exitCode: 0, errors: [], warnings: [{ title: 'State is doubtful' }] });
      expect(
        scene
          .snapshots()
          .map(({ metadata }) => `${metadata['phase']} ${metadata['verified']}`)
          .sort(),
      ).toEqual(['after false', 'before true']);
      expect(post.summary).toMatch(/The state is encrypted or not JSON\.|unknown/);
      expect(await scene.lockRecords()).toEqual([]);
    }));
});

describe('a state that OpenTofu encrypted', () => {
  test.concurrent('is sound, and tells its serial and lineage', () =>
    inScene(async (scene) => {
      await scene.putState(encryptedStateBody(7));
      const job = await scene.startJob('dynamodb');
      const main = await job.main();
      expect(main).toMatchObject({ exitCode: 0, warnings: [] });
      expect(main.outputs).toMatchObject({ state_serial: '7', state_lineage: LINEAGE });
      await scene.putState(encryptedStateBody(8));
      const post = await job.post();
      expect(post).toMatchObject({ exitCode: 0, warnings: [] });
      expect(scene.snapshots()).toMatchObject([
        { body: Buffer.from(encryptedStateBody(7)), metadata: { verified: 'true', serial: '7' } },
        { body: Buffer.from(encryptedStateBody(8)), metadata: { verified: 'true', serial: '8' } },
      ]);
      expect(post.summary).toContain('encrypted');
    }));
});

describe('a state of no bytes', () => {
  test.concurrent('counts as none', () =>
    inScene(async (scene) => {
      scene.s3.putObject(BUCKET, STATE_PATH, '');
      const job = await scene.startJob('dynamodb');
      expect(await job.main()).toMatchObject({
        exitCode: 0,
        warnings: [{ title: 'No state yet' }],
        outputs: { state_exists: 'false' },
      });
      expect(await job.post()).toMatchObject({ exitCode: 0, errors: [] });
      expect(scene.snapshots()).toEqual([]);
    }));
});

describe('a state at odds with its digest', () => {
  const putDigest = ({ dynamodb }: Scene, Digest: string) =>
    dynamodb.putItem(TABLE, { LockID: DIGEST_ID, Digest });

  test.concurrent('is read again, and sound once the two agree', () =>
    inScene(async (scene) => {
      await scene.putState(STATE);
      await putDigest(scene, OTHER_DIGEST);
      scene.onRequest('GetItem digest', async ({ forward, answer }) => {
        answer(await forward());
        await scene.putState(STATE);
      });
      const job = await scene.startJob('dynamodb');
      expect(await job.main()).toMatchObject({ exitCode: 0, warnings: [] });
      const both = ['GET state', 'GetItem digest'];
      const rounds = [['PutItem lock'], both, both, ['PUT snapshot']];
      expect(inRounds(scene.asked, rounds)).toEqual(rounds);
      expect(scene.snapshots()).toMatchObject([{ metadata: { verified: 'true' } }]);
      await job.post();
    }));

  test.concurrent('for good is read again first, and then copied with a warning', () =>
    inScene(async (scene) => {
      await scene.putState(STATE);
      await putDigest(scene, OTHER_DIGEST);
      const job = await scene.startJob('dynamodb');
      const main = await job.main();
      expect(main).toMatchObject({ exitCode: 0, errors: [], warnings: [{ title: 'State is doubtful' }] });
      expect(main.warnings[0]?.message).toMatch(
        new RegExp(`Its MD5 is [\\da-f]{32}, but the digest in DynamoDB is ${OTHER_DIGEST}\\.`),
      );
      expect(scene.asked.filter((name) => name === 'GetItem digest').length).toBeGreaterThan(1);
      expect(scene.snapshots()).toMatchObject([
        { body: Buffer.from(STATE), metadata: { verified: 'false' } },
      ]);
      const post = await job.post();
      expect(post).toMatchObject({ exitCode: 0, errors: [] });
      expect(scene.asked.at(-1)).toBe('DeleteItem lock');
      expect(await scene.lockRecords()).toEqual([]);
    }));

  test.concurrent.each(['', 'not an MD5', OTHER_DIGEST.slice(1)])('is not, if the digest is %j', (digest) =>
    inScene(async (scene) => {
      await scene.putState(STATE);
      await putDigest(scene, digest || ' ');
      const job = await scene.startJob('dynamodb');
      expect(await job.main()).toMatchObject({
        exitCode: 0,
        warnings: [],
        outputs: { lock_path: LOCK_PATH },
      });
      await job.post();
    }),
  );

  test.concurrent('is not, if the digest is in capital letters', () =>
    inScene(async (scene) => {
      await scene.putState(STATE);
      const { Digest = '' } = (await scene.dynamodb.getItem(TABLE, { LockID: DIGEST_ID })) ?? {};
      await putDigest(scene, Digest.toUpperCase());
      const job = await scene.startJob('both');
      expect(await job.main()).toMatchObject({ exitCode: 0, warnings: [] });
      await job.post();
    }));
});
