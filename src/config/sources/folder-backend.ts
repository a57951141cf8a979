import { join } from 'node:path';
import type { HclBlock } from '../hcl/body.js';
import type { Reading } from '../hcl/hcl.js';
import { readTerraformBackends, type TerraformBackends } from '../hcl/terraform-backends.js';
import type { ConfigFiles } from './config-files.js';
import { configurationFiles } from './configuration-files.js';
import { exactPlace } from './source-place.js';
import { readTerraformJsonBackends } from './terraform-json.js';

/** What the configuration in a folder says of where its state lives. */
export type FolderBackend =
  | { readonly kind: 'no-folder' }
  /** No file of Terraform's is there. */
  | { readonly kind: 'no-configuration' }
  | { readonly kind: 'no-block' }
  | ({ readonly kind: 'backend'; readonly type: string } & PlacedBlock)
  | ({ readonly kind: 'cloud' } & PlacedBlock)
  /** Whole sentences. */
  | { readonly kind: 'broken'; readonly problems: readonly string[] };

export interface PlacedBlock {
  readonly block: HclBlock;
  /** As people are shown it. */
  readonly path: string;
  readonly modifiedAt: number;
}

export interface Folder {
  /** Absolute, as `workspace`. */
  readonly folder: string;
  readonly workspace: string;
  readonly files: ConfigFiles;
  /** A path as people are shown it. */
  readonly shown: (path: string) => string;
}

export const folderWords = (shown: string) => (shown === '.' ? 'the workspace' : shown);

/**
 * Finds the one backend of a folder, as `init` does: a block in an override file replaces the block of all others.
 *
 * @see https://github.com/hashicorp/terraform/blob/main/internal/configs/module.go appendFile, mergeFile
 */
export function readFolderBackend(place: Folder): FolderBackend {
  const names = place.files.list(place.folder);
  if (names === undefined) return { kind: 'no-folder' };
  const { primary, overrides } = configurationFiles(names);
  if (primary.length + overrides.length === 0) return { kind: 'no-configuration' };
  const problems: string[] = [];
  const read = (name: string) => blocksIn(place, name, problems);
  const first = only(primary.flatMap(read), problems);
  const last = overrides.map((name) => only(read(name), problems)).findLast((found) => found !== undefined);
  const found = last ?? first;
  problems.push(...nestedBlocks(found));
  if (problems.length > 0) return { kind: 'broken', problems };
  if (found === undefined) return { kind: 'no-block' };
  if (found.block.type === 'cloud') return { kind: 'cloud', ...found };
  return { kind: 'backend', type: found.block.labels[0] ?? '', ...found };
}

function only(blocks: readonly PlacedBlock[], problems: string[]): PlacedBlock | undefined {
  const [first, second] = blocks;
  if (first && second)
    problems.push(
      `Two blocks say where the state lives, and only one may: ${at(first)} and ${at(second)}. Remove one.`,
    );
  return first;
}

/** The backends of S3 have objects, and no blocks. */
function nestedBlocks(found: PlacedBlock | undefined): string[] {
  if (found?.block.labels[0] !== 's3') return [];
  return found.block.blocks.map(
    ({ type, position }) =>
      `"${type}" at ${exactPlace(found.path, position)} is a block, which a backend cannot have. Write it as ${type} = { … }.`,
  );
}

const at = ({ path, block }: PlacedBlock) => exactPlace(path, block.position);

function blocksIn(
  { folder, workspace, files, shown }: Folder,
  name: string,
  problems: string[],
): PlacedBlock[] {
  const file = join(folder, name);
  const path = shown(file);
  const bytes = files.isWithin(workspace, file) ? files.read(file) : undefined;
  if (bytes === undefined) {
    // A folder may have such a name.
    if (files.list(file) !== undefined) return [];
    problems.push(
      `The file ${path} cannot be read, or is a link that leads out of the workspace, where nothing is looked for. ` +
        'What it says of the backend can be given in "backend_config", with "discover: false".',
    );
    return [];
  }
  const reading = backendsIn(name, Buffer.from(bytes).toString('utf8'));
  if (reading.kind === 'refused') {
    const language = name.endsWith('.json') ? 'JSON' : 'HCL';
    problems.push(
      `${language} refuses the file at ${exactPlace(path, reading.position)}. ${reading.because}`,
    );
    return [];
  }
  const modifiedAt = files.modifiedAt(file) ?? 0;
  return [...reading.what.backends, ...reading.what.clouds].map((block) => ({ block, path, modifiedAt }));
}

const NONE: Reading<TerraformBackends> = { kind: 'read', what: { backends: [], clouds: [] } };

/** A file without these words has no such block, whatever else is in it. */
function backendsIn(name: string, text: string): Reading<TerraformBackends> {
  if (!/backend|cloud|\\u/.test(text)) return NONE;
  return name.endsWith('.json') ? readTerraformJsonBackends(text) : readTerraformBackends(text);
}
