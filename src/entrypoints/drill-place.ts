import { findStateClient, openStateClient } from '../actions/state-client.js';
import type { DrillPlace } from '../commands/verify/drill/drill.js';
import { credentialVariables, drillBackend } from '../config/drill-backend.js';
import type { Environment } from '../config/environment.js';
import type { BucketPlaces } from '../config/settings.js';
import { DRILL_KEY } from '../names/drill-place.js';
import { type Identity, resolveCredentials } from '../stores/aws/identity.js';
import type { Stores } from '../stores/open.js';

interface Opening {
  readonly settings: BucketPlaces;
  readonly stores: Stores;
  readonly identity: Identity;
  readonly env: Environment;
  /** No other drill has it. */
  readonly drillId: string;
  readonly signal: AbortSignal;
}

/** The place of a drill, and whoever on this machine can look at it. */
export async function openDrill(opening: Opening): Promise<DrillPlace> {
  const { settings, stores, identity, env, drillId, signal } = opening;
  const scratch = await stores.openScratch(drillId);
  const program = await findStateClient(env);
  if (program === undefined) return { scratch };
  const client = await openStateClient(program, {
    backend: drillBackend(settings, { folder: scratch.folder, key: DRILL_KEY }),
    credentials: async () => credentialVariables(await resolveCredentials(identity)),
    env,
    signal,
  });
  return { scratch, client };
}
