import type { Environment } from '../environment.js';
import { cloudBlock, localCluster, noBlock, noBlockOfLokomotive, otherType } from './another-backend.js';
import {
  type Folder,
  type FolderBackend,
  folderWords,
  type PlacedBlock,
  readFolderBackend,
} from './folder-backend.js';
import type { Lokocfg } from './lokocfg/lokocfg.js';
import { readLokomotiveFolder } from './lokomotive-folder.js';
import { changedSince, completedBefore } from './record-and-block.js';
import {
  type RecordedConfiguration,
  readDataFolder,
  type SelectedWorkspace,
} from './recorded-configuration.js';
import { exactPlace, isOutside, type PlacedValue, placeWords, type SourcePlace } from './source-place.js';

/** What the files of a folder say of its backend. */
export interface Discovery {
  readonly backend: DiscoveredBackend;
  /** The block that `init` would begin with anew, where `backend` is what it has recorded. */
  readonly initialised?: PlacedBlock;
  /** The workspace that this job has selected there. */
  readonly selected?: SelectedWorkspace;
  /** The one that was selected before: this job works in it, unless it selects another. */
  readonly selectedBefore?: SelectedWorkspace;
  /** What `init` recorded there, whether it counts or not. */
  readonly recorded?: RecordedConfiguration;
  /** What a configuration of Lokomotive has read from files. */
  readonly fileTexts: readonly string[];
}

export type DiscoveredBackend =
  /** The folder has nothing to say. `because` is a whole sentence. */
  | { readonly kind: 'nothing'; readonly because: string }
  | ({ readonly kind: 'block' } & PlacedBlock)
  | ({ readonly kind: 'record' } & RecordedConfiguration)
  | ({ readonly kind: 'lokocfg' } & LokomotiveBackend)
  /** It keeps its state where no lock of ours can be. `because` is a whole sentence. */
  | { readonly kind: 'another'; readonly because: string }
  /** Whole sentences. */
  | { readonly kind: 'unclear'; readonly problems: readonly string[] };

/** What a configuration of Lokomotive says. */
export interface LokomotiveBackend {
  readonly place: SourcePlace;
  /** By the names of the attributes of the S3 backend. */
  readonly attributes: ReadonlyMap<string, PlacedValue>;
  /** Where `lokoctl` runs Terraform, if that can be known. */
  readonly workingFolder?: string;
}

interface Options extends Folder {
  /** Where `~` leads in a configuration of Lokomotive. */
  readonly homeDir: string;
  readonly env: Environment;
  /** On the clock of the files, in milliseconds since the Unix epoch. */
  readonly jobStartedAt: number;
  /** Whether somebody says what `init` is told beside the block. */
  readonly isCompleted: boolean;
}

/**
 * Finds the backend that Terraform uses in a folder: the one that this job initialised, else the one of its block. What was
 * initialised before this job says nothing: this job may do so anew, and otherwise.
 */
export function discover(options: Options): Discovery {
  const { env, jobStartedAt, workspace, folder, shown } = options;
  if (isOutside(workspace, folder)) {
    const because = `Nothing is looked for in ${shown(folder)}, outside of the workspace: correct "working_directory".`;
    return { backend: { kind: 'nothing', because }, fileTexts: [] };
  }
  const inFolder = readFolderBackend(options);
  const { recorded, selected, unread } = readDataFolder(options, env);
  const isOfJob = (file: { readonly modifiedAt: number } | undefined) =>
    file !== undefined && file.modifiedAt >= jobStartedAt;
  const hasConfiguration = inFolder.kind !== 'no-folder' && inFolder.kind !== 'no-configuration';
  const lokomotive = readLokomotiveFolder(options, options.homeDir);
  const backend = () => {
    const hidden = unread.find(isOfJob);
    if (hidden && hasConfiguration) return { kind: 'unclear', problems: [behindLink(hidden.path)] } as const;
    if (recorded && hasConfiguration && isOfJob(recorded)) return ofRecord(recorded, inFolder);
    return lokomotive
      ? ofLokomotive(lokomotive.lokocfg, inFolder, options)
      : ofFolder(inFolder, recorded, options);
  };
  const found = backend();
  const isInitialised = found.kind === 'record' && inFolder.kind === 'backend' && inFolder.type === 's3';
  return {
    backend: found,
    recorded,
    fileTexts: lokomotive?.fileTexts ?? [],
    ...(isInitialised && { initialised: inFolder }),
    ...(isOfJob(selected) ? { selected } : { selectedBefore: selected }),
  };
}

const behindLink = (path: string) =>
  `This job has written ${path}, which is behind a link that leads out of the workspace, where nothing is looked for. Name its ` +
  'folder in TF_DATA_DIR, or give what it says as inputs, with "discover: false".';

/** A folder of Lokomotive may have files of Terraform too, but no block in them. */
function ofLokomotive(
  lokocfg: Lokocfg,
  inFolder: FolderBackend,
  { folder, shown }: Options,
): DiscoveredBackend {
  const where = folderWords(shown(folder));
  if (lokocfg.kind === 'refused') return { kind: 'unclear', problems: lokocfg.problems };
  if (lokocfg.kind === 'none') return { kind: 'another', because: noBlockOfLokomotive(where) };
  if (lokocfg.kind === 'local')
    return {
      kind: 'another',
      because: localCluster(placeWords(lokocfg.place)),
    };
  if (inFolder.kind === 'backend' || inFolder.kind === 'cloud') {
    const places = `${exactPlace(inFolder.path, inFolder.block.position)} and ${placeWords(lokocfg.place)}`;
    return {
      kind: 'unclear',
      problems: [`Terraform and Lokomotive are both configured there: ${places}. ${ONE_OF_TWO}`],
    };
  }
  const { place, attributes, workingFolder } = lokocfg;
  return { kind: 'lokocfg', place, attributes: underTerraformsNames(attributes), workingFolder };
}

/** Lokomotive hands the path on under Terraform's name. */
const underTerraformsNames = (attributes: ReadonlyMap<string, PlacedValue>) =>
  new Map(
    [...attributes].map(([name, value]) => [
      name === 'aws_creds_path' ? 'shared_credentials_file' : name,
      value,
    ]),
  );

const ONE_OF_TWO = 'Give the one of this step as inputs, with "discover: false".';

function ofRecord(recorded: RecordedConfiguration, inFolder: FolderBackend): DiscoveredBackend {
  const { type, path } = recorded;
  if (type !== 's3') return { kind: 'another', because: otherType(type, path) };
  const problem = inFolder.kind === 'backend' ? changedSince(recorded, inFolder) : undefined;
  return problem ? { kind: 'unclear', problems: [problem] } : { kind: 'record', ...recorded };
}

function ofFolder(
  inFolder: FolderBackend,
  recorded: RecordedConfiguration | undefined,
  { folder, shown, isCompleted }: Options,
): DiscoveredBackend {
  const where = shown(folder);
  switch (inFolder.kind) {
    case 'no-folder':
      return { kind: 'nothing', because: `There is no folder ${where}: correct "working_directory".` };
    case 'no-configuration':
      return {
        kind: 'nothing',
        because:
          `No configuration of Terraform is in ${folderWords(where)}: say with "working_directory" which folder it is in, ` +
          'or check out the repository before this step.',
      };
    case 'no-block':
      return {
        kind: 'another',
        because: noBlock(folderWords(where)),
      };
    case 'broken':
      return { kind: 'unclear', problems: inFolder.problems };
    case 'cloud':
      return {
        kind: 'another',
        because: cloudBlock(exactPlace(inFolder.path, inFolder.block.position)),
      };
    case 'backend': {
      const place = exactPlace(inFolder.path, inFolder.block.position);
      if (inFolder.type !== 's3') return { kind: 'another', because: otherType(inFolder.type, place) };
      const problem = isCompleted ? undefined : completedBefore(recorded, inFolder);
      return problem ? { kind: 'unclear', problems: [problem] } : { ...inFolder, kind: 'block' };
    }
  }
}
