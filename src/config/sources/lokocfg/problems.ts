import type { HclBlock } from '../../hcl/body.js';
import type { Refused } from '../../hcl/hcl.js';
import type { KnownValue } from '../../hcl/value.js';
import { orList } from '../../quoting.js';
import { nearestName } from '../nearest-name.js';
import { exactPlace } from '../source-place.js';
import type { LokocfgBlock, TextFile } from './lokocfg-block.js';

/** Of a place that is told: `path:line:column`. */
type At = string;

const at = (file: TextFile, { position }: HclBlock): At => exactPlace(file.path, position);
const atBlock = (block: LokocfgBlock) => at(block.file, block);

export function refusedFile(path: string, { position, because }: Refused): string {
  return `HCL refuses the file at ${exactPlace(path, position)}. ${because}`;
}

export function unknownAtTop(place: At): string {
  return `lokoctl does not know what stands at ${place}. At the top of a file, it takes the blocks backend, cluster, component and variable.`;
}

export function wrongLabels(block: LokocfgBlock): string {
  const { type } = block;
  return `The block at ${atBlock(block)} must have one label, as in ${type} "…" { … }.`;
}

export function secondBlock(first: LokocfgBlock, second: LokocfgBlock): string {
  return `The block "${first.type}" at ${atBlock(first)} has a second one at ${atBlock(second)}. lokoctl takes one.`;
}

export function blockInVariable(file: TextFile, inner: HclBlock): string {
  return `The block at ${at(file, inner)} cannot stand in a variable.`;
}

/** For a value of a variable. */
export function noLiteral(place: At): string {
  return `At ${place}, lokoctl allows no variables and functions. Write the value itself; texts have double quotes.`;
}

export function unknownBackend(block: LokocfgBlock, known: readonly string[]): string {
  return `lokoctl has no such backend as the one at ${atBlock(block)}. It has ${orList(known)}.`;
}

export function blockInBackend(block: LokocfgBlock, inner: HclBlock): string {
  return `The block at ${at(block.file, inner)} cannot stand in a backend.`;
}

export function missingArgument(name: string, block: LokocfgBlock): string {
  return `The backend at ${atBlock(block)} must have "${name}".`;
}

/** The name is not shown: it may be a value whose name was lost. */
export function unknownArgument(name: string, place: At, known: readonly string[]): string {
  const near = nearestName(name, known);
  const meant = near === undefined ? `It takes ${orList(known)}.` : `Did you mean "${near}"?`;
  return `lokoctl takes no such argument in a backend as the one at ${place}. ${meant}`;
}

export function noText(name: string, place: At, kind: KnownValue['kind']): string {
  return `"${name}" at ${place} must be a text; got ${KINDS[kind]}.`;
}

const KINDS: Readonly<Record<KnownValue['kind'], string>> = {
  string: 'a text',
  number: 'a number',
  bool: 'a boolean',
  null: 'null',
  tuple: 'a list',
  object: 'an object',
};

export function emptyArgument(name: string, place: At): string {
  return `"${name}" at ${place} must not be empty.`;
}

export function unwritable(name: string, place: At): string {
  return `"${name}" at ${place} must have no double quote, backslash, line break, "\${" and "%{" in it: lokoctl writes the value into Terraform's configuration as it is.`;
}

interface NotKnown {
  readonly name: string;
  readonly at: At;
  readonly because: At;
  readonly wayOut: string;
}

export function valueNotKnown({ name, at: place, because, wayOut }: NotKnown): string {
  return `The value of "${name}" at ${place} is not known because of what stands at ${because}. ${wayOut}`;
}
