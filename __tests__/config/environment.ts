import { ConfigError } from '../../src/config/config-error.js';
import type { Environment } from '../../src/config/environment.js';
import { parseSettings } from '../../src/config/inputs.js';
import type { Settings } from '../../src/config/settings.js';
import type { SharedProfile } from '../../src/config/shared-profile.js';
import { readBackendConfig } from '../../src/config/sources/backend-config.js';
import type { ConfigFiles } from '../../src/config/sources/config-files.js';

export const HOME = '/home/runner';

/** The least that the root action runs with. */
const REQUIRED = { bucket: 'states', key: 'network/terraform.tfstate', region: 'us-east-1' };

/** Inputs as the runner hands them over. */
export function inputs(values: Readonly<Record<string, string>>): Environment {
  return Object.fromEntries(
    Object.entries(values).map(([name, text]) => [`INPUT_${name.toUpperCase()}`, text]),
  );
}

/** The settings of the required inputs, of others on top of them, and of environment variables. */
export function settingsOf(
  values: Readonly<Record<string, string>> = {},
  variables: Environment = {},
  surroundings: Surroundings = {},
): Settings {
  const env = { ...inputs({ ...REQUIRED, ...values }), ...variables };
  const files = filesOf(surroundings);
  const backendConfig =
    values['backend_config'] === undefined
      ? undefined
      : readBackendConfig({ GITHUB_WORKSPACE: '/w', ...env }, { files, homeDir: HOME, jobStartedAt: 0 });
  return parseSettings(env, { homeDir: HOME, backendConfig, profile: surroundings.profile, files });
}

function filesOf({ files = {} }: Surroundings): ConfigFiles {
  return {
    read: (path) => (files[path] === undefined ? undefined : Buffer.from(files[path])),
    list: () => undefined,
    modifiedAt: () => undefined,
    realPath: (path) => path,
    isWithin: () => true,
  };
}

/** What there is beside inputs and variables. */
interface Surroundings {
  readonly profile?: SharedProfile;
  /** By their absolute paths. */
  readonly files?: Readonly<Record<string, string>>;
}

/** The problems of the same; none if they are fine. */
export function problemsOf(
  values: Readonly<Record<string, string>>,
  variables: Environment = {},
  surroundings: Surroundings = {},
) {
  try {
    settingsOf(values, variables, surroundings);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}
