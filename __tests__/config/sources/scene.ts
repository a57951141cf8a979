import { ConfigError } from '../../../src/config/config-error.js';
import { parseSettings } from '../../../src/config/inputs.js';
import { readBackendConfig } from '../../../src/config/sources/backend-config.js';
import { HOME, inputs } from '../environment.js';

export const WORKSPACE = '/w';

/** Files by their absolute paths. */
export type Files = Readonly<Record<string, string>>;

export interface ConfigScene {
  readonly files?: Files;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
}

export function environmentOf(text: string, scene: ConfigScene = {}) {
  return {
    GITHUB_WORKSPACE: WORKSPACE,
    ...inputs({ ...scene.inputs, backend_config: text }),
    ...scene.env,
  };
}

/** What the input is read as. */
export function configOf(text: string, scene: ConfigScene = {}) {
  const files = new Map(Object.entries(scene.files ?? {}));
  return readBackendConfig(environmentOf(text, scene), (path) => {
    const file = files.get(path);
    return file === undefined ? undefined : Buffer.from(file);
  });
}

/** The texts of it, by the names of inputs. */
export const textsOf = (text: string, scene: ConfigScene = {}) =>
  Object.fromEntries([...configOf(text, scene).values].map(([name, given]) => [name, given.text]));

/** What the settings of the root action come to. */
export const settingsOf = (text: string, scene: ConfigScene = {}) =>
  parseSettings(environmentOf(text, scene), { homeDir: HOME, backendConfig: configOf(text, scene) });

/** What is wrong with them; none if they are fine. */
export function problemsOf(text: string, scene: ConfigScene = {}): readonly string[] {
  try {
    settingsOf(text, scene);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}
