import type { Environment } from '../environment.js';
import { type Given, textOfInput } from '../input-reader.js';
import { quote } from '../quoting.js';
import { Collector } from './collector.js';
import { differencesFrom } from './comparison.js';
import { type DiscoveredBackend, type Discovery, discover } from './discovery.js';
import { type Folder, folderWords } from './folder-backend.js';
import { INIT_VARIABLE, initArguments } from './init-arguments.js';
import type { ConfigArgument } from './lines.js';
import { otherFolders } from './other-folders.js';
import type { SelectedWorkspace } from './recorded-configuration.js';
import { resolveAttributes } from './resolve-attributes.js';
import { exactPlace } from './source-place.js';

type Values = ReadonlyMap<string, Given>;

/** What was found of a backend that nobody named in this step. */
export interface Found {
  /** Has taken in all of it. */
  readonly collector: Collector;
  readonly backend: DiscoveredBackend;
  /** What `init` would begin with anew, where this is what it has recorded. */
  readonly anew?: Found;
  readonly selected?: SelectedWorkspace;
  /** Where Terraform runs, if that is not the folder that was looked into. */
  readonly workingFolder?: string;
  /** Of `TF_CLI_ARGS_init`, and of the workspace. */
  readonly problems: readonly string[];
  /** Of all that was seen. */
  readonly secrets: readonly string[];
}

interface Options extends Folder {
  /** Where `~` leads in a configuration of Lokomotive. */
  readonly homeDir: string;
  readonly env: Environment;
  /** On the clock of the files, in milliseconds since the Unix epoch. */
  readonly jobStartedAt: number;
  /** Whether this step says what `init` is told beside the block. */
  readonly isCompleted: boolean;
}

/** Looks into the folder where Terraform runs, and at what the environment says to `init`. */
export function readFound(options: Options): Found {
  const { env, isCompleted } = options;
  const flags = initArguments(env);
  const discovery = discover({ ...options, isCompleted: isCompleted || flags.given.length > 0 });
  const { backend, initialised, recorded, selected, fileTexts } = discovery;
  const collected = (add: (collector: Collector) => void, given: readonly ConfigArgument[]) => {
    const collector = new Collector(options);
    add(collector);
    for (const argument of given) collector.add(argument, { kind: 'variable', variable: INIT_VARIABLE });
    return collector;
  };
  // This job's `init` was told of the flags, and perhaps of others on its command line, which go before: the record has the outcome.
  const counting = backend.kind === 'record' ? [] : flags.given;
  const collector = collected((each) => addBackend(backend, each), counting);
  const seen = collected((each) => recorded && each.addRecord(recorded), flags.given);
  const found = {
    backend,
    selected,
    workingFolder: backend.kind === 'lokocfg' ? backend.workingFolder : undefined,
    collector,
    problems: [...flags.problems, ...unclearWorkspace(discovery, env)],
    secrets: [...collector.secrets, ...seen.secrets, ...fileTexts],
  };
  if (initialised === undefined) return found;
  const anew = collected((each) => each.addBlock(initialised), flags.given);
  return {
    ...found,
    secrets: [...found.secrets, ...anew.secrets],
    anew: { ...found, collector: anew, backend: { ...initialised, kind: 'block' } },
  };
}

function addBackend(backend: DiscoveredBackend, collector: Collector): void {
  if (backend.kind === 'block') collector.addBlock(backend);
  if (backend.kind === 'record') collector.addRecord(backend);
  if (backend.kind === 'lokocfg') collector.addPlaced(backend.attributes);
}

/**
 * Terraform does not write the file when the workspace that is to be selected is in it already: who wrote it does not tell
 * where this job works.
 *
 * @see https://github.com/hashicorp/terraform/blob/main/internal/command/workspace_select.go
 */
function unclearWorkspace({ backend, selectedBefore }: Discovery, env: Environment): string[] {
  const isFound = backend.kind === 'block' || backend.kind === 'record';
  if (!isFound || selectedBefore === undefined || selectedBefore.name === 'default') return [];
  if (env['TF_WORKSPACE'] || textOfInput(env, 'workspace') !== '') return [];
  const { path, name } = selectedBefore;
  return [
    `${path} selects the workspace ${quote(name)}, and was written before this job, which may select another. Say which it ` +
      'is in the input "workspace" or in TF_WORKSPACE; "default" is one too.',
  ];
}

/**
 * What stands in the way of using what was found, where the input `bucket` does not say which state it is.
 *
 * @param missing Which of the inputs that are required nothing has a value for.
 */
export function foundProblems(
  { backend, problems }: Found,
  missing: readonly string[],
  place: Folder,
): string[] {
  return [...problems, ...backendProblems(backend, missing, place)];
}

function backendProblems(
  backend: DiscoveredBackend,
  missing: readonly string[],
  place: Folder,
): readonly string[] {
  switch (backend.kind) {
    case 'nothing':
      return missing.length === 0 ? [] : [nothingThere(backend.because, missing, place)];
    case 'another':
      return [
        `${backend.because} Where Terraform runs in another folder, say which with "working_directory".${foldersThatHaveOne(place)}`,
      ];
    case 'unclear':
      return backend.problems;
    case 'block':
      return missing.map((name) => notSet(name, exactPlace(backend.path, backend.block.position)));
    case 'record':
      return missing.map((name) => notSet(name, backend.path));
    case 'lokocfg':
      return [];
  }
}

function nothingThere(because: string, missing: readonly string[], place: Folder): string {
  const isEmpty = (place.files.list(place.workspace) ?? []).length === 0;
  const first = isEmpty
    ? 'The workspace is empty: check out the repository before this step (actions/checkout).'
    : `${because}${foldersThatHaveOne(place)}`;
  return `${first} Else give ${inputsOf(missing)}.`;
}

function foldersThatHaveOne(place: Folder): string {
  const folders = otherFolders(place);
  return folders.length === 0 ? '' : ` A backend is in: ${folders.map(folderWords).join(', ')}.`;
}

const inputsOf = ([one, other]: readonly string[]) =>
  other === undefined ? `the input "${one}"` : `the inputs "${one}" and "${other}"`;

/** Where the input `bucket` says that the folder does not count, and the rest is missing. */
export const besideBucket = (name: string) =>
  `Input "${name}" is required beside "bucket". Or give neither: without "bucket", the backend of the configuration counts.`;

const notSet = (name: string, place: string) =>
  `"${name}" is not set by the backend at ${place}: give "backend_config" what "terraform init" is given.`;

/** Whether the files name a state of S3. */
export const saysWhichState = ({ backend }: Found) =>
  backend.kind === 'block' || backend.kind === 'record' || backend.kind === 'lokocfg';

/** In what that differs from what the inputs say, or may. */
export function foundDifferences(found: Found, values: Values, env: Environment): readonly string[] {
  const { backend, collector, selected, problems } = found;
  switch (backend.kind) {
    case 'nothing':
      return [];
    case 'another':
      return [backend.because];
    case 'unclear':
      return backend.problems;
    case 'block':
    case 'record':
    case 'lokocfg': {
      const theirs = withWorkspace(resolveAttributes(collector.attributes).given, selected, env);
      return [...problems, ...differencesFrom(theirs, env, values)];
    }
  }
}

/** The values, with the workspace that this job has selected, where the environment names no other. */
export function withWorkspace(
  values: Values,
  selected: SelectedWorkspace | undefined,
  env: Environment,
): Values {
  if (selected === undefined || env['TF_WORKSPACE']) return values;
  const place = `the workspace that ${selected.path} selects`;
  return new Map([...values, ['workspace', { text: selected.name, place, origin: 'backend_config' }]]);
}
