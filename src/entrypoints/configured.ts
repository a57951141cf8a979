import { homedir } from 'node:os';
import { githubReport } from '../actions/github-report.js';
import { mask, maskCredentials } from '../actions/masking.js';
import { type LockFate, tellingFailures } from '../commands/hold/not-started.js';
import type { Environment } from '../config/environment.js';
import { secretsIn } from '../config/inputs.js';
import { secretsOf } from '../config/secrets.js';
import type { AccessKey, Places } from '../config/settings.js';
import { type Identity, identityFrom, listenedTo, resolveCredentials } from '../stores/aws/identity.js';

/** What a step was asked for, and as whom it asks. */
export interface Configured<Settings extends Places> {
  readonly settings: Settings;
  /** What the first request is signed with. */
  readonly credentials: AccessKey;
  readonly identity: Identity;
}

/**
 * Masks what is secret, reads the inputs by `parse`, and finds credentials; what is wrong is in the summary too.
 *
 * @param lock What the summary says of the lock then; nothing unless given.
 */
export async function configured<Settings extends Places>(
  env: Environment,
  parse: (env: Environment, options: { readonly homeDir: string }) => Settings,
  lock?: LockFate,
): Promise<Configured<Settings>> {
  mask(secretsIn(env));
  const configure = async () => {
    const settings = parse(env, { homeDir: homedir() });
    const identity = listenedTo(identityFrom(settings.credentials), maskCredentials);
    const credentials = await resolveCredentials(identity);
    mask(secretsOf({ credentials, settings }));
    return { settings, credentials, identity };
  };
  return tellingFailures(githubReport, configure, lock);
}
