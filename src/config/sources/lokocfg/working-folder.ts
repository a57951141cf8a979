import { resolve } from 'node:path';
import { expandHome } from './functions.js';
import type { LokocfgBlock } from './lokocfg-block.js';

/**
 * Where `lokoctl` runs Terraform for a cluster; undefined if that is not known.
 *
 * @see https://github.com/kinvolk/lokomotive/blob/v0.9.0/pkg/terraform/util.go GetTerraformRootDir
 */
export function workingFolderOf(
  cluster: LokocfgBlock,
  { folder, homeDir }: { folder: string; homeDir: string },
): string | undefined {
  const value = cluster.attributes.get('asset_dir')?.value;
  if (value?.kind !== 'string') return undefined;
  const assets = expandHome(value.text, homeDir);
  return assets === undefined ? undefined : resolve(folder, assets, 'terraform');
}
