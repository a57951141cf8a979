import type { HclBlock } from '../../hcl/body.js';
import type { SourcePlace } from '../source-place.js';

export interface TextFile {
  /** As people are told of it. */
  readonly path: string;
  readonly text: string;
}

/** A block, and the file that it stands in. */
export interface LokocfgBlock extends HclBlock {
  readonly file: TextFile;
}

export function placeOf(file: TextFile, position: HclBlock['position']): SourcePlace {
  return { kind: 'block', path: file.path, position };
}
