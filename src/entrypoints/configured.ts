import { homedir } from 'node:os';
import { machineFiles } from '../actions/config-files.js';
import { githubReport } from '../actions/github-report.js';
import { jobStartedAt } from '../actions/job-start.js';
import { mask } from '../actions/masking.js';
import { type LockFate, tellingFailures } from '../commands/hold/not-started.js';
import { trustedRoots } from '../config/ca-bundle.js';
import { heardOfProfile } from '../config/configured-endpoints.js';
import type { Environment } from '../config/environment.js';
import { secretsIn } from '../config/inputs.js';
import { secretsOf } from '../config/secrets.js';
import type { AccessKey, BucketPlaces } from '../config/settings.js';
import { profilePlace, type SharedProfile } from '../config/shared-profile.js';
import { asInputs, type BackendConfig, readBackendConfig } from '../config/sources/backend-config.js';
import type { ConfigFiles } from '../config/sources/config-files.js';
import { systemClock } from '../job/clock.js';
import { unlessAborted } from '../job/unless-aborted.js';
import { identityFrom, withBackupIdentity } from '../stores/aws/identities/identity-from.js';
import { type Identity, resolveCredentials } from '../stores/aws/identity.js';
import type { Roots } from '../stores/aws/request-handler.js';
import { readSharedProfile } from '../stores/aws/shared-profile.js';
import { tellBackendConfig } from '../words/backend-config.js';
import { tellProfile, tellReach } from '../words/reach.js';
import { surroundingsOf } from './surroundings.js';

/** What a step was asked for, and as whom it asks. */
export interface Configured<Settings extends BucketPlaces> {
  readonly settings: Settings;
  /** What the first request is signed with. */
  readonly credentials: AccessKey;
  readonly identity: Identity;
  /** Whom TLS trusts; the authorities of Node.js where nothing is said. */
  readonly roots?: Roots;
  /** With what `backend_config` says as inputs. */
  readonly environment: Environment;
}

/** The step that asks. */
interface Asker {
  /** Aborts when the runner cancels the step. */
  readonly signal: AbortSignal;
  /** Aborts when the step is over. */
  readonly over: AbortSignal;
  /** What the summary says of the lock where something is wrong; nothing unless given. */
  readonly lock?: LockFate;
  /** The names of the inputs that cannot be missing; those that name one state unless given. */
  readonly required?: readonly string[];
}

interface ParseOptions {
  readonly homeDir: string;
  readonly backendConfig: BackendConfig;
  readonly profile?: SharedProfile;
  readonly files: Pick<ConfigFiles, 'read'>;
}

/**
 * Masks what is secret, reads the inputs and the files that they name by `parse`, and finds credentials; what is wrong is in the summary too.
 *
 * @throws The signal's reason once it aborts, whoever is being asked for credentials.
 */
export async function configured<Settings extends BucketPlaces>(
  env: Environment,
  parse: (env: Environment, options: ParseOptions) => Settings,
  { signal, over, lock, required }: Asker,
): Promise<Configured<Settings>> {
  mask(secretsIn(env));
  const backendConfig = readBackendConfig(env, {
    files: machineFiles,
    homeDir: homedir(),
    jobStartedAt: await jobStartedAt(env, systemClock.now()),
    required,
  });
  mask(backendConfig.secrets);
  tellBackendConfig(githubReport, backendConfig.remarks);
  const configure = async () => {
    const homeDir = homedir();
    const profile = await readSharedProfile(profilePlace(env, { homeDir, backendConfig }));
    tellProfile(githubReport, heardOfProfile(env, { backendConfig, profile }));
    const settings = parse(env, { homeDir, backendConfig, profile, files: machineFiles });
    tellReach(githubReport, settings);
    const roots = trustedRoots(settings.reach, machineFiles);
    const surroundings = surroundingsOf(settings, { roots, over });
    const states = identityFrom(settings.credentials, surroundings);
    const identity = withBackupIdentity(states, settings.backup.signer, surroundings);
    const credentials = await resolveCredentials(identity);
    mask(secretsOf({ credentials, settings }));
    if (settings.accounts) {
      const { requireAccount } = await import('../stores/aws/account.js');
      await requireAccount(settings.accounts, identity, surroundings);
    }
    return { settings, credentials, identity, roots, environment: asInputs(env, backendConfig) };
  };
  return tellingFailures(githubReport, () => unlessAborted(signal, configure), lock);
}
