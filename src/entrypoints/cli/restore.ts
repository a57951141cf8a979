import { randomUUID } from 'node:crypto';
import { restoreInTerminal } from '../../commands/restore/restore-in-terminal.js';
import { parseRestoreSettings } from '../../config/inputs.js';
import { systemClock } from '../../job/clock.js';
import { persistentLock } from '../../lock/persistent.js';
import { openStores } from '../../stores/open.js';
import { configured } from '../configured.js';
import type { Surface } from '../surface.js';

/** A restore that a person asks for, and agrees to. */
export async function restoreFromTerminal({ env, asker, ...surface }: Surface): Promise<void> {
  const { settings, identity, roots } = await configured(env, parseRestoreSettings, asker);
  const { statePath } = settings.backend;
  const stores = openStores(settings, identity, roots);
  const persistence = { clock: systemClock, random: Math.random, reached: false };
  await restoreInTerminal({
    ...surface,
    settings,
    lock: await stores.openLock(statePath, (record) => persistentLock(record, persistence)),
    openState: () => stores.openState(statePath),
    openWriter: () => stores.openStateWriter(statePath),
    environment: env,
    clock: systemClock,
    random: Math.random,
    newId: randomUUID,
    signal: asker.signal,
  });
}
