import { relative, resolve, sep } from 'node:path';
import type { Environment } from '../environment.js';
import { type Given, textOfInput } from '../input-reader.js';
import { Collector } from './collector.js';
import { differencesFrom } from './comparison.js';
import { addLines, completedBy } from './completion.js';
import type { ConfigFiles } from './config-files.js';
import type { Folder } from './folder-backend.js';
import {
  besideBucket,
  type Found,
  foundDifferences,
  foundProblems,
  readFound,
  saysWhichState,
  withWorkspace,
} from './found.js';
import { type ConfigLine, readLines } from './lines.js';
import { type ResolvedAttributes, resolveAttributes } from './resolve-attributes.js';
import { isOutside, type NamedPlace } from './source-place.js';

/** What the user's files and the input `backend_config` say of the backend. */
export interface BackendConfig {
  /** By the names of inputs. A text is empty only where that says something. */
  readonly values: ReadonlyMap<string, Given>;
  /** Where a relative path in it begins: where Terraform runs. */
  readonly folder: string;
  /** Whole sentences without secrets. If there are any, nothing of `values` may be used. */
  readonly problems: readonly string[];
  /** To be masked before anything else is done: of all that was seen, used or not. */
  readonly secrets: readonly string[];
  readonly remarks: Remarks;
}

/** What a person is told of it. */
export interface Remarks {
  readonly used: readonly (NamedPlace & { readonly overruledBy?: string })[];
  readonly withoutEffect: readonly NamedPlace[];
  /** Lines that something of a shell or a command line was taken off from. */
  readonly cleanedLines: readonly number[];
  /** Texts that begin and end with a quote. */
  readonly quoted: readonly NamedPlace[];
  /** Secrets that stand in a file of the workspace. */
  readonly secretsInWorkspace: readonly NamedPlace[];
  /** In what the configuration in the workspace, which may be of another job, is not this step's: whole sentences. */
  readonly differences: readonly string[];
}

interface Surroundings {
  readonly homeDir: string;
  readonly files: ConfigFiles;
  /** On the clock of the files, in milliseconds since the Unix epoch. */
  readonly jobStartedAt: number;
  /** The names of what the action cannot go without; `bucket` and `key` unless given. */
  readonly required?: readonly string[];
}

/**
 * Reads what is said of the backend beside the inputs. Of an attribute, the last of these counts that says something: the
 * configuration in the folder, `TF_CLI_ARGS_init`, the lines of `backend_config`, each as `terraform init` reads it. Where
 * the input `bucket` says which state it is, the first two are only compared with what this step was given.
 *
 * @see https://github.com/hashicorp/terraform/blob/main/internal/command/init.go backendConfigOverrideBody
 */
export function readBackendConfig(
  env: Environment,
  { files, homeDir, jobStartedAt, required = ['bucket', 'key'] }: Surroundings,
): BackendConfig {
  // Terraform runs where a link leads, and `..` is above that.
  const real = (path: string) => files.realPath(path) ?? path;
  const workspace = real(resolve(env['GITHUB_WORKSPACE'] || '.'));
  const folder = real(resolve(workspace, textOfInput(env, 'working_directory')));
  const lines = readLines(env['INPUT_BACKEND_CONFIG'] ?? '');
  const place = { workspace, folder, files, shown: (path: string) => shownPath(workspace, path) };
  const gives = textOfInput(env, 'bucket') === '';
  const isCompleted = lines.length > 0 || !gives;
  const seen = isDiscovered(env)
    ? readFound({ ...place, env, homeDir, jobStartedAt, isCompleted })
    : undefined;
  const found = gives && seen ? completedBy(lines, seen) : seen;
  const collector = gives && found ? found.collector : new Collector(place);
  if (!(gives && found)) addLines(lines, collector);
  const resolved = resolveAttributes(collector.attributes);
  const values = gives ? withWorkspace(resolved.given, found?.selected, env) : resolved.given;
  const broken = [...collector.problems, ...resolved.problems];
  const judged = judge({ found, gives, values, env, place, required: broken.length === 0 ? required : [] });
  return {
    values,
    folder: (gives && found?.workingFolder) || folder,
    problems: [...broken, ...judged.problems],
    secrets: distinct([...collector.secrets, ...(found?.secrets ?? [])]),
    remarks: remarksOf({
      collector,
      resolved,
      lines,
      env,
      differences: [...judged.differences, ...(gives ? overruled(resolved, env) : [])],
    }),
  };
}

function isDiscovered(env: Environment): boolean {
  return textOfInput(env, 'discover').toLowerCase() !== 'false';
}

/** In the workspace from there, with `/`. */
function shownPath(workspace: string, path: string): string {
  return (isOutside(workspace, path) ? path : relative(workspace, path) || '.').replaceAll(sep, '/');
}

interface Judged {
  readonly found: Found | undefined;
  readonly gives: boolean;
  readonly values: BackendConfig['values'];
  readonly env: Environment;
  readonly place: Folder;
  /** What must be said; none if not everything could be read: then what is missing may stand there. */
  readonly required: readonly string[];
}

/** What was found in a folder that was named is of this job; elsewhere it may be of another. */
function judge({
  found,
  gives,
  values,
  env,
  place,
  required,
}: Judged): Pick<Remarks, 'differences'> & { problems: readonly string[] } {
  const missing = required.filter((name) => !values.has(name) && textOfInput(env, name) === '');
  if (found === undefined) return { problems: [], differences: [] };
  if (!gives && missing.length > 0 && saysWhichState(found))
    return { problems: missing.map(besideBucket), differences: [] };
  const isNamed = textOfInput(env, 'working_directory') !== '';
  const isCertain = isNamed || (gives && !(found.backend.kind === 'another' && values.has('bucket')));
  const told = gives ? foundProblems(found, missing, place) : foundDifferences(found, values, env);
  return isCertain ? { problems: told, differences: [] } : { problems: [], differences: told };
}

/** Where an input goes before the configuration in the folder, which Terraform follows unless it is told too. */
function overruled({ given, used }: ResolvedAttributes, env: Environment): readonly string[] {
  const names = used.flatMap(({ input, place }) => {
    const isFound = place.kind === 'block' || place.kind === 'record';
    return isFound && textOfInput(env, input) !== '' ? [input] : [];
  });
  return differencesFrom(new Map([...given].filter(([name]) => names.includes(name))), env, new Map());
}

const distinct = (texts: readonly string[]) => [...new Set(texts)].filter((text) => text !== '');

interface Read {
  readonly collector: Collector;
  readonly resolved: ResolvedAttributes;
  readonly lines: readonly ConfigLine[];
  readonly env: Environment;
  readonly differences: readonly string[];
}

function remarksOf({ collector, resolved, lines, env, differences }: Read): Remarks {
  const { given, used, withoutEffect } = resolved;
  return {
    used: used.map(({ name, place, input }) => {
      const text = textOfInput(env, input);
      const differs = text !== '' && text !== given.get(input)?.text;
      return { name, place, ...(differs ? { overruledBy: input } : {}) };
    }),
    withoutEffect,
    cleanedLines: lines.filter(({ cleaned }) => cleaned).map(({ line }) => line),
    quoted: collector.quoted,
    secretsInWorkspace: collector.secretsInWorkspace,
    differences,
  };
}

/** The environment as if what `backend_config` says had been given as inputs, where no input says otherwise. */
export function asInputs(env: Environment, { values }: Pick<BackendConfig, 'values'>): Environment {
  const unsaid = [...values].filter(([name]) => textOfInput(env, name) === '');
  return {
    ...env,
    ...Object.fromEntries(unsaid.map(([name, { text }]) => [`INPUT_${name.toUpperCase()}`, text])),
  };
}
