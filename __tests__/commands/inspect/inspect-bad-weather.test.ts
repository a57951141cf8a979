import { describe, expect, test } from '@jest/globals';
import { inspectPlaces } from '../../../src/commands/inspect/inspect-places.js';
import { BackendError } from '../../../src/job/backend-error.js';
import { CancelledError } from '../../../src/job/cancelled-error.js';
import { memoryCatalogue } from '../../../testing/memory-catalogue.js';
import { memoryLock } from '../../../testing/memory-lock.js';
import { memoryState } from '../../../testing/memory-state.js';
import { stateBody } from '../../../testing/test-data.js';
import { type InspectionDifferences, inspectionScene } from './inspection-scene.js';

/** What a store does before it answers. */
type Weather = (signal?: AbortSignal) => Promise<unknown>;

const source = memoryState({ body: stateBody() });
const catalogue = memoryCatalogue();

/** Each of the looks, in some weather. */
const LOOKS: Readonly<Record<string, (weather: Weather) => InspectionDifferences>> = {
  lock: (weather) => ({
    lock: memoryLock({}, { read: async (signal) => void (await weather(signal)) }),
  }),
  state: (weather) => ({
    openState: async () => ({
      state: { ...source, get: (options) => weather(options.signal).then(() => source.get(options)) },
      catalogue,
    }),
  }),
  snapshots: (weather) => ({
    openState: async () => ({
      state: source,
      catalogue: {
        ...catalogue,
        async *list(signal) {
          await weather(signal);
          yield* catalogue.list(signal);
        },
      },
    }),
  }),
  versioning: (weather) => ({
    bucketVersioning: (signal) => weather(signal).then(() => 'enabled'),
  }),
};

const NAMES = Object.keys(LOOKS);
const FOUND = { lock: null, state: { exists: true }, snapshots: [], versioning: 'enabled' };

function inWeather(name: string, weather: Weather) {
  const scene = inspectionScene(LOOKS[name]?.(weather));
  let ended = false;
  const inspecting = inspectPlaces(scene.parts).finally(() => {
    ended = true;
  });
  inspecting.catch(() => {});
  return { ...scene, inspecting, hasEnded: () => ended };
}

/** Never answers, and ends with its request. */
const silence: Weather = (signal) =>
  new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));

describe.each(NAMES)('a store that does not answer when it is asked for the %s', (name) => {
  test('is asked again, if that may pass', async () => {
    let asked = 0;
    const scene = inWeather(name, async () => {
      if (asked++ > 0) return;
      throw new BackendError({ kind: 'unavailable', service: 'S3', action: 'a', detail: 'd' });
    });
    await scene.clock.advance(5_000);
    await scene.inspecting;
    expect(scene.reportOf()).toMatchObject(FOUND);
  });

  test('is waited for a minute', async () => {
    const scene = inWeather(name, silence);
    await scene.clock.advance(59_999);
    expect(scene.hasEnded()).toBe(false);
    await scene.clock.advance(1);
    expect(scene.hasEnded()).toBe(true);
    expect(scene.report.log.join('\n')).toMatch(name === 'versioning' ? /versioned .+ 60 s/ : /: unknown/);
  });

  test('is not waited for by a job that is cancelled', async () => {
    const scene = inWeather(name, silence);
    await scene.clock.advance(0);
    scene.cancellation.abort(new CancelledError('The runner sent SIGINT.'));
    await expect(scene.inspecting).rejects.toMatchObject({ title: 'Cancelled' });
  });

  test('is not waited for where nobody is', async () => {
    const nobody = new BackendError({ kind: 'unreachable', service: 'S3', detail: 'd', nobodyThere: true });
    const scene = inWeather(name, () => Promise.reject(nobody));
    await scene.clock.advance(0);
    expect(scene.hasEnded()).toBe(true);
  });
});
