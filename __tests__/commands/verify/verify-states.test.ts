import { describe, expect, test } from '@jest/globals';
import type { DrillPlace } from '../../../src/commands/verify/drill/drill.js';
import { verifyStates } from '../../../src/commands/verify/verify-states.js';
import { BackendError } from '../../../src/job/backend-error.js';
import { CancelledError } from '../../../src/job/cancelled-error.js';
import { StateClientError } from '../../../src/job/state-client.js';
import type { Scratch } from '../../../src/snapshots/verification/scratch.js';
import type { Failure } from '../../../src/words/failure.js';
import { type FakeClock, START } from '../../../testing/fake-clock.js';
import { BUCKET } from '../../../testing/test-data.js';
import { verifyScene } from './verify-scene.js';

/** What the step fails with; nothing if it does not. */
async function failuresOf(verifying: Promise<void>): Promise<readonly Failure[]> {
  try {
    await verifying;
    return [];
  } catch (error) {
    return error instanceof AggregateError ? error.errors : [error as Failure];
  }
}

/** Moves time on, half a second each time, until the step has come to its end. */
async function untilSettled(clock: FakeClock, verifying: Promise<unknown>): Promise<void> {
  const end = { reached: false };
  verifying.finally(() => {
    end.reached = true;
  });
  while (!end.reached) await clock.advance(500);
}

const UNAVAILABLE = new BackendError({
  kind: 'unavailable',
  service: 'S3',
  action: 's3:GetObject',
  detail: 'try again',
});

describe('bad weather', () => {
  test('a body that breaks off is read again from its beginning', async () => {
    const scene = verifyScene();
    scene.put('a');
    let opened = 0;
    const parts = scene.parts();
    const stores = {
      openState: async (path: string) => {
        const { state, catalogue } = await parts.stores.openState(path);
        const open: typeof catalogue.open = async (key) => {
          const { body, recorded } = await catalogue.open(key);
          return { recorded, body: ++opened === 1 ? brokenOff(body) : body };
        };
        return { state, catalogue: { ...catalogue, open } };
      },
    };
    const verifying = failuresOf(verifyStates(scene.parts({ stores })));
    await untilSettled(scene.clock, verifying);
    expect(await verifying).toEqual([]);
    expect(opened).toBe(2);
    expect(scene.runner.outputs['checked']).toBe('1');
  });

  test('one snapshot that stays away is a finding once a minute has passed, and hides no other', async () => {
    const scene = verifyScene();
    const away = scene.put('a');
    scene.put('b');
    const parts = scene.parts();
    const stores = {
      openState: async (path: string) => {
        const { state, catalogue } = await parts.stores.openState(path);
        if (path !== 'a') return { state, catalogue };
        return { state, catalogue: { ...catalogue, open: () => Promise.reject(UNAVAILABLE) } };
      },
    };
    const verifying = failuresOf(verifyStates(scene.parts({ stores })));
    await untilSettled(scene.clock, verifying);
    const [failure] = await verifying;
    expect(scene.clock.now() - START).toBeGreaterThanOrEqual(60_000);
    expect(failure?.message).toContain(`${away}: It could not be read. S3 could not carry out s3:GetObject`);
    expect(scene.runner.outputs).toMatchObject({ states: '2', checked: '1', findings: '1' });
  });

  test('one that was removed while it was being verified is no failure', async () => {
    const scene = verifyScene();
    const key = scene.put('a');
    const missing = Object.assign(new Error('gone'), { name: 'NoSuchKey' });
    const gone = new BackendError(
      { kind: 'unexpected', action: 's3:GetObject', resource: key, detail: 'NoSuchKey' },
      { cause: missing },
    );
    const parts = scene.parts();
    const stores = {
      openState: async (path: string) => {
        const { state, catalogue } = await parts.stores.openState(path);
        return { state, catalogue: { ...catalogue, open: () => Promise.reject(gone) } };
      },
    };
    expect(await failuresOf(verifyStates(scene.parts({ stores })))).toEqual([]);
    expect(scene.report.log).toContainEqual(expect.stringContaining('warning: Some states want a look'));
  });
});

async function* brokenOff(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const piece of body) {
    yield piece;
    throw UNAVAILABLE;
  }
}

test('no more is read at a time than is asked for', async () => {
  const scene = verifyScene();
  for (let serial = 1; serial <= 9; serial++) scene.put('a', { serial, daysAgo: 20 - serial });
  for (const path of ['b', 'c', 'd', 'e', 'f']) scene.put(path);
  const parts = scene.parts();
  let [open, most] = [0, 0];
  const stores = {
    openState: async (path: string) => {
      const { state, catalogue } = await parts.stores.openState(path);
      const counted: typeof catalogue.open = async (key) => {
        most = Math.max(most, ++open);
        await new Promise(setImmediate);
        const opened = await catalogue.open(key);
        return { ...opened, body: counting(opened.body, () => open--) };
      };
      return { state, catalogue: { ...catalogue, open: counted } };
    },
  };
  const verification = { depth: { kind: 'all' }, concurrency: 3 } as const;
  expect(await failuresOf(verifyStates(scene.parts({ stores, verification })))).toEqual([]);
  expect(scene.runner.outputs['checked']).toBe('14');
  expect(most).toBe(3);
});

async function* counting(body: AsyncIterable<Uint8Array>, over: () => void): AsyncGenerator<Uint8Array> {
  yield* body;
  over();
}

describe('what goes wrong beside the snapshots', () => {
  test('a cancelled job is told so, and nothing is told of a half', async () => {
    const scene = verifyScene();
    scene.put('a');
    scene.cancellation.abort(new CancelledError('SIGINT'));
    const [failure] = await failuresOf(verifyStates(scene.parts()));
    expect(failure).toMatchObject({
      title: 'Cancelled',
      message: 'The job was cancelled before all was looked at.',
    });
    expect(scene.runner.outputs).toEqual({});
  });

  test('a full disk fails the step, and hides nothing', async () => {
    const scene = verifyScene();
    const key = scene.put('a', { serial: 2 });
    const stored = scene.snapshots.get(key);
    if (stored)
      scene.snapshots.set(key, { ...stored, metadata: { ...stored.metadata, sha256: '0'.repeat(64) } });
    const writeReport = () => Promise.reject(new Error('ENOSPC'));
    const failures = await failuresOf(verifyStates(scene.parts({ writeReport })));
    expect(failures.map(({ title }) => title)).toEqual(['Snapshots in doubt', 'Unexpected error']);
    expect(scene.report.summaries).toHaveLength(1);
  });

  test.each([
    ['disabled', 1],
    ['suspended', 1],
    ['enabled', 0],
  ] as const)('versioning %s', async (versioning, warnings) => {
    const scene = verifyScene();
    scene.put('a');
    scene.versioning = versioning;
    await verifyStates(scene.parts());
    expect(scene.report.log.filter((line) => line.startsWith('warning: Bucket not versioned'))).toHaveLength(
      warnings,
    );
  });

  test('a run that is cancelled leaves the index, and what is wrong with it, to the next one', async () => {
    const scene = verifyScene();
    scene.put('a');
    let isWritten = false;
    const openIndex = async () => ({
      read: async () => undefined,
      write: async () => {
        isWritten = true;
        return { version: '"1"' };
      },
    });
    const openState = async () => {
      scene.cancellation.abort(new CancelledError('now'));
      throw scene.cancellation.signal.reason;
    };
    await failuresOf(verifyStates(scene.parts({ stores: { openIndex, openState } })));
    expect(isWritten).toBe(false);
  });

  test('an index that another run writes meanwhile is left to it', async () => {
    const scene = verifyScene();
    scene.put('a');
    const stores = {
      openIndex: async () => ({ read: async () => undefined, write: async () => 'refused' as const }),
    };
    expect(await failuresOf(verifyStates(scene.parts({ stores })))).toEqual([]);
    expect(scene.report.log).toContainEqual(expect.stringContaining('Another run has written it meanwhile.'));
  });
});

describe('a drill', () => {
  /** A place whose objects are in this process. */
  function place({
    scratch: differences,
    client,
  }: {
    scratch?: Partial<Scratch>;
    client?: DrillPlace['client'];
  } = {}) {
    const objects = new Map<string, Uint8Array>();
    const most = { there: 0 };
    const scratch: Scratch = {
      folder: 'lockkeeper/.drill/1',
      put: async (path, { body }) => {
        objects.set(path, body);
        most.there = Math.max(most.there, objects.size);
      },
      open: async (path) => ({
        bucket: BUCKET,
        path,
        digest: async () => undefined,
        get: async () => {
          const body = objects.get(path);
          return body && { body, etag: '"e"', lastModified: 0, encryption: { kind: 'none' } };
        },
      }),
      remove: async (path) => {
        objects.delete(path);
      },
      async *list() {
        for (const path of [...objects.keys()]) yield { path, storedAt: Number.POSITIVE_INFINITY };
      },
      ...differences,
    };
    return { objects, most, openDrill: async (): Promise<DrillPlace> => ({ scratch, client }) };
  }
  const drill = { verification: { drill: true } };

  test('cleans up where an object could not be taken away at once', async () => {
    const scene = verifyScene();
    scene.put('a');
    let removals = 0;
    const { objects, openDrill } = place({
      scratch: {
        remove: async (path) => {
          if (++removals === 1) throw new Error('not now');
          objects.delete(path);
        },
      },
    });
    expect(await failuresOf(verifyStates(scene.parts({ ...drill, openDrill })))).toEqual([]);
    expect(removals).toBe(2);
    expect(objects.size).toBe(0);
  });

  test('says where what stays is', async () => {
    const scene = verifyScene();
    scene.put('a');
    const { openDrill } = place({ scratch: { remove: () => Promise.reject(new Error('never')) } });
    const failures = await failuresOf(verifyStates(scene.parts({ ...drill, openDrill })));
    expect(failures).toMatchObject([
      {
        title: 'Drill not cleaned up',
        message: expect.stringContaining(`s3://${BUCKET}/lockkeeper/.drill/1/`),
      },
    ]);
  });

  test('leaves nothing on the machine where what an earlier one left cannot be listed', async () => {
    const scene = verifyScene();
    scene.put('a');
    let isClosed = false;
    const client = {
      name: 'Terraform v1',
      listState: async () => [],
      close: async () => {
        isClosed = true;
      },
    };
    const scratch: Partial<Scratch> = {
      // biome-ignore lint/correctness/useYield: it fails before its first
      async *list() {
        throw new Error('not yours');
      },
    };
    const { openDrill } = place({ client, scratch });
    expect(await failuresOf(verifyStates(scene.parts({ ...drill, openDrill })))).toHaveLength(1);
    expect(isClosed).toBe(true);
  });

  test('has few states there at a time, whatever the number of reads', async () => {
    const scene = verifyScene();
    for (let number = 0; number < 20; number++) scene.put(`state-${number}`);
    const { most, openDrill, objects } = place();
    const verification = { drill: true, concurrency: 20 };
    await verifyStates(scene.parts({ verification, openDrill }));
    expect(most.there).toBeLessThanOrEqual(4);
    expect(objects.size).toBe(0);
  });

  test('the client that refuses one state refuses no other', async () => {
    const scene = verifyScene();
    const [first, second] = [scene.put('a'), scene.put('b')];
    const client = {
      name: 'Terraform v1',
      listState: async (workspace: string) => {
        if (workspace === 'state-1') throw new StateClientError('no');
        return ['terraform_data.greeting'];
      },
      close: async () => {},
    };
    const { openDrill } = place({ client });
    const [failure] = await failuresOf(verifyStates(scene.parts({ ...drill, openDrill })));
    const lines = scene.lines.map((line) => JSON.parse(line));
    const found = lines.flatMap(({ findings }) => findings);
    expect(found).toMatchObject([{ kind: 'drill-failed' }]);
    expect([first, second]).toContain(found[0]?.key);
    expect(failure?.title).toBe('Snapshots in doubt');
  });
});
