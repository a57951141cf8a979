import { ConfigError } from '../../src/config/config-error.js';
import type { Environment } from '../../src/config/environment.js';
import { parseSettings } from '../../src/config/inputs.js';
import type { Settings } from '../../src/config/settings.js';

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
): Settings {
  return parseSettings({ ...inputs({ ...REQUIRED, ...values }), ...variables }, { homeDir: HOME });
}

/** The problems of the same; none if they are fine. */
export function problemsOf(values: Readonly<Record<string, string>>, variables: Environment = {}) {
  try {
    settingsOf(values, variables);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}
