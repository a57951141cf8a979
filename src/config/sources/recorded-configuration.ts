import { join, resolve } from 'node:path';
import type { Environment } from '../environment.js';
import { MAX_NESTING } from '../hcl/expression.js';
import { bool, type KnownValue, MAX_NAMES, NULL, number, string } from '../hcl/value.js';
import { parseBackendRecord } from '../recorded-backend.js';
import type { Folder } from './folder-backend.js';

/** What `init` left in a folder's data folder, and when. */
export interface RecordedConfiguration {
  readonly type: string;
  /** Those that are set. */
  readonly attributes: ReadonlyMap<string, KnownValue>;
  /** As people are shown it. */
  readonly path: string;
  readonly modifiedAt: number;
}

/** What `workspace select` left there. */
export interface SelectedWorkspace {
  readonly name: string;
  readonly path: string;
  readonly modifiedAt: number;
}

export interface DataFolder {
  readonly recorded?: RecordedConfiguration;
  readonly selected?: SelectedWorkspace;
  /** What links lead to out of the workspace, and so was not read. */
  readonly unread: readonly Pick<SelectedWorkspace, 'path' | 'modifiedAt'>[];
}

/**
 * Reads `.terraform`, or the folder that `TF_DATA_DIR` names. Only a folder that was named may lie outside of the workspace.
 *
 * @see https://developer.hashicorp.com/terraform/cli/config/environment-variables#tf_data_dir
 */
export function readDataFolder({ folder, workspace, files, shown }: Folder, env: Environment): DataFolder {
  const data = resolve(folder, env['TF_DATA_DIR'] || '.terraform');
  const unread: { path: string; modifiedAt: number }[] = [];
  const read = (name: string) => {
    const file = join(data, name);
    const modifiedAt = files.modifiedAt(file);
    if (modifiedAt === undefined) return undefined;
    const path = shown(file);
    if (!env['TF_DATA_DIR'] && !files.isWithin(workspace, file)) {
      unread.push({ path, modifiedAt });
      return undefined;
    }
    const bytes = files.read(file);
    return bytes && { text: Buffer.from(bytes).toString('utf8'), path, modifiedAt };
  };
  const backend = read('terraform.tfstate');
  const record = backend && parseBackendRecord(backend.text);
  const environment = read('environment');
  const name = environment?.text.trim() ?? '';
  return {
    unread,
    ...(backend &&
      record && {
        recorded: {
          type: record.type,
          attributes: known(record.config),
          path: backend.path,
          modifiedAt: backend.modifiedAt,
        },
      }),
    ...(environment &&
      name !== '' && {
        selected: { name, path: environment.path, modifiedAt: environment.modifiedAt },
      }),
  };
}

/** What lies deeper, or comes later, `init` did not write. */
function known(config: Readonly<Record<string, unknown>>, depth = 0): ReadonlyMap<string, KnownValue> {
  const entries = Object.entries(config)
    .slice(0, MAX_NAMES)
    .map(([name, value]) => [name, hclValueOf(value, depth)] as const);
  return new Map(entries.filter(([, { kind }]) => kind !== 'null'));
}

/** Terraform has converted each value to the type of its attribute. */
function hclValueOf(value: unknown, depth: number): KnownValue {
  if (typeof value === 'string') return string(value);
  if (typeof value === 'number') return number(String(value));
  if (typeof value === 'boolean') return bool(value);
  if (depth > MAX_NESTING) return NULL;
  if (Array.isArray(value)) return { kind: 'tuple', items: value.map((item) => hclValueOf(item, depth + 1)) };
  if (typeof value !== 'object' || value === null) return NULL;
  return { kind: 'object', entries: known(value as Readonly<Record<string, unknown>>, depth + 1) };
}
