import { ConfigError } from '../../../src/config/config-error.js';
import { parseSettings } from '../../../src/config/inputs.js';
import { readBackendConfig } from '../../../src/config/sources/backend-config.js';
import type { ConfigFiles } from '../../../src/config/sources/config-files.js';
import { HOME, inputs } from '../environment.js';

export const WORKSPACE = '/w';

/** Files by their absolute paths. */
export type Files = Readonly<Record<string, string>>;

export interface ConfigScene {
  readonly files?: Files;
  /** When files were written, where it is not the moment in which the job began. */
  readonly writtenAt?: Readonly<Record<string, number>>;
  /** Where folders that are links lead. */
  readonly leadsTo?: Readonly<Record<string, string>>;
  /** Files that are links which lead out of the workspace. */
  readonly links?: readonly string[];
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

/** What the files and the input are read as. */
export function configOf(text: string, scene: ConfigScene = {}) {
  return readBackendConfig(environmentOf(text, scene), {
    files: filesOf(scene),
    homeDir: HOME,
    jobStartedAt: JOB_STARTED_AT,
  });
}

/** When files are written of which a scene does not say so. */
export const JOB_STARTED_AT = 1_000_000;

function filesOf({ files = {}, writtenAt = {}, links = [], leadsTo = {} }: ConfigScene): ConfigFiles {
  return {
    read: (path) => (files[path] === undefined ? undefined : Buffer.from(files[path])),
    list: (folder) => {
      const below = Object.keys(files).filter((path) => path.startsWith(`${folder}/`));
      const names = below.map((path) => path.slice(folder.length + 1).split('/')[0] ?? '');
      return names.length > 0 || folder === WORKSPACE ? [...new Set(names)] : undefined;
    },
    modifiedAt: (path) => (files[path] === undefined ? undefined : (writtenAt[path] ?? JOB_STARTED_AT)),
    realPath: (path) => leadsTo[path] ?? path,
    isWithin: (folder, path) => `${path}/`.startsWith(`${folder}/`) && !links.includes(path),
  };
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
