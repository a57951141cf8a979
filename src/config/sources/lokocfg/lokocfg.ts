import type { ConfigFiles } from '../config-files.js';
import { type BackendChoice, readBackend } from './backend-block.js';
import { readBlock, readTopBlocks } from './blocks.js';
import { readVariables } from './declared-variables.js';
import { fileReader, pathExpander } from './functions.js';
import type { TextFile } from './lokocfg-block.js';
import { workingFolderOf } from './working-folder.js';

/** A folder that `lokoctl` is started in. */
export interface LokocfgFolder {
  /** Absolute: where relative paths begin. */
  readonly folder: string;
  /** Every file whose name ends in `.lokocfg`, that of a hidden one included, in the order of their names. */
  readonly files: readonly TextFile[];
  /** `lokocfg.vars`, if there is one. */
  readonly vars: TextFile | undefined;
  /** Where `~` leads. */
  readonly homeDir: string;
  /** Is asked by the function `file()`, for whatever path stands there: what must not be read, it must refuse. */
  readonly readFile: ConfigFiles['read'];
}

/** Where `lokoctl` keeps the state of its cluster. */
export type Lokocfg =
  /** Whole sentences, each with its place and without any value. There is at least one. */
  { readonly kind: 'refused'; readonly problems: readonly string[] } | FoundBackend;

/**
 * Without a backend block, the state is local too. But `lokoctl` never removes a `backend.tf` that it wrote in the working folder
 * on an earlier run: there it goes on to count where no backend block, or that of "local" without a path, is in the files.
 */
export type FoundBackend = (BackendChoice | { readonly kind: 'none' }) & {
  /** Where `lokoctl` runs Terraform; undefined if there is no cluster, or only a later step can tell. */
  readonly workingFolder: string | undefined;
};

/**
 * Reads a folder's configuration of Lokomotive as `lokoctl` does.
 *
 * A cluster's own configuration is left to `lokoctl`, but for where it runs Terraform. So is its demand for a region, which it
 * makes in the environment of its own step alone.
 *
 * @see https://github.com/kinvolk/lokomotive/blob/v0.9.0/pkg/config/config.go LoadConfig
 */
export function readLokocfg(folder: LokocfgFolder): Lokocfg {
  const problems: string[] = [];
  const blocks = readTopBlocks(folder.files, problems);
  const variables = readVariables(blocks.variables, folder.vars, problems);
  if (problems.length > 0) return { kind: 'refused', problems };

  const { references } = variables;
  const pathexpand = ['pathexpand', pathExpander(folder.homeDir)] as const;
  const file = ['file', fileReader(folder)] as const;
  // What a cluster reads from files may be written by a step that is still to come.
  const cluster = readBlock(blocks.cluster, { references, functions: new Map([pathexpand]) }, problems);
  const block = readBlock(blocks.backend, { references, functions: new Map([pathexpand, file]) }, problems);
  const backend = block && readBackend(block, variables, problems);
  if (problems.length > 0) return { kind: 'refused', problems };
  return { ...(backend ?? { kind: 'none' }), workingFolder: cluster && workingFolderOf(cluster, folder) };
}
