import type { HclBlock } from './body.js';
import { type Reading, readBlocks } from './hcl.js';

/** The blocks of a `.tf` or `.tofu` file that say where the state lives, in the order of the file. */
export interface TerraformBackends {
  /** Each with its type, such as `s3`, as its only label. */
  readonly backends: readonly HclBlock[];
  readonly clouds: readonly HclBlock[];
}

/** How many labels a block must have, and how it is then called. */
const LABELS: readonly (readonly [type: string, count: number, correct: string])[] = [
  ['terraform', 0, 'terraform { … }'],
  ['backend', 1, 'backend "<type>" { … }'],
  ['cloud', 0, 'cloud { … }'],
];

/** Reads the `backend` and `cloud` blocks of all `terraform` blocks. */
export function readTerraformBackends(text: string): Reading<TerraformBackends> {
  const file = readBlocks(text, { terraform: { backend: 'whole', cloud: 'whole' } });
  if (file.kind === 'refused') return file;
  const inside = file.what.blocks.flatMap(({ blocks }) => blocks);
  for (const block of [...file.what.blocks, ...inside]) {
    const [, count, correct] = LABELS.find(([type]) => type === block.type) ?? [];
    if (block.labels.length !== count) {
      return { kind: 'refused', position: block.position, because: `This block must begin with ${correct}.` };
    }
  }
  const backends = inside.filter(({ type }) => type === 'backend');
  const clouds = inside.filter(({ type }) => type === 'cloud');
  return { kind: 'read', what: { backends, clouds } };
}
