import type { Wanted } from '../../hcl/body.js';
import { readBlocks } from '../../hcl/hcl.js';
import type { Scope } from '../../hcl/value.js';
import { exactPlace } from '../source-place.js';
import type { LokocfgBlock, TextFile } from './lokocfg-block.js';
import { refusedFile, secondBlock, unknownAtTop, wrongLabels } from './problems.js';

/** The blocks of all files. */
export interface TopBlocks {
  readonly cluster: LokocfgBlock | undefined;
  readonly backend: LokocfgBlock | undefined;
  readonly variables: readonly LokocfgBlock[];
}

/** Only variables have all that is in them; no other block can be evaluated before them. */
const OUTLINE: Wanted = { backend: {}, cluster: {}, component: {}, variable: 'whole' };

/** The blocks at the top of all files, whose order is that of the files. */
export function readTopBlocks(files: readonly TextFile[], problems: string[]): TopBlocks {
  const blocks = files.flatMap((file) => outlineOf(file, problems));
  const [cluster, backend] = ['cluster', 'backend'].map((type) => onlyOne(type, blocks, problems));
  return { cluster, backend, variables: blocks.filter(({ type }) => type === 'variable') };
}

function outlineOf(file: TextFile, problems: string[]): LokocfgBlock[] {
  const reading = readBlocks(file.text, OUTLINE);
  if (reading.kind === 'refused') {
    problems.push(refusedFile(file.path, reading));
    return [];
  }
  for (const position of reading.what.passedOver.values()) {
    problems.push(unknownAtTop(exactPlace(file.path, position)));
  }
  const blocks = reading.what.blocks.map((block) => ({ ...block, file }));
  for (const block of blocks) if (block.labels.length !== 1) problems.push(wrongLabels(block));
  return blocks;
}

function onlyOne(
  type: string,
  blocks: readonly LokocfgBlock[],
  problems: string[],
): LokocfgBlock | undefined {
  const [first, second] = blocks.filter((block) => block.type === type);
  if (first && second) problems.push(secondBlock(first, second));
  return first;
}

/** The same block with all that is in it; undefined if that cannot be read. It must be the only one of its type. */
export function readBlock(
  block: LokocfgBlock | undefined,
  scope: Scope,
  problems: string[],
): LokocfgBlock | undefined {
  if (block === undefined) return undefined;
  const { file, type } = block;
  const reading = readBlocks(file.text, { [type]: 'whole' }, scope);
  if (reading.kind === 'read') return reading.what.blocks.map((whole) => ({ ...whole, file }))[0];
  problems.push(refusedFile(file.path, reading));
  return undefined;
}
