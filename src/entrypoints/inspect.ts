import { run } from '../actions/run-step.js';
import { inspectPlaces } from '../commands/inspect/inspect-places.js';
import { parseInspectPlaces } from '../config/inputs.js';
import { systemClock } from '../job/clock.js';
import { openStores } from '../stores/open.js';
import { failuresIn } from '../words/explain.js';
import { configured } from './configured.js';
import { jobSurface, type Surface } from './surface.js';

/** The one step of `inspect/`. */
export async function inspect(): Promise<void> {
  await run({ failuresIn, work: (signal, over) => inspectOn(jobSurface(signal, over)) });
}

/** The same, wherever it is asked for. */
export async function inspectOn({ env, asker, job, ...surface }: Surface): Promise<void> {
  const { settings, identity, roots } = await configured(env, parseInspectPlaces, asker);
  const { inspection: wishes, ...places } = settings;
  const { statePath } = places.backend;
  const stores = openStores(places, identity, roots);
  await inspectPlaces({
    ...surface,
    places,
    wishes,
    lock: await stores.openLock(statePath, (record) => record),
    openState: () => stores.openState(statePath),
    bucketVersioning: stores.bucketVersioning,
    runUrl: job.runUrl,
    clock: systemClock,
    random: Math.random,
    signal: asker.signal,
  });
}
