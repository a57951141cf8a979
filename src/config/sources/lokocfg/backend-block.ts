import type { HclAttribute } from '../../hcl/body.js';
import { toText } from '../../hcl/conversion.js';
import { HclError } from '../../hcl/interruptions.js';
import { type KnownValue, string } from '../../hcl/value.js';
import { exactPlace, type PlacedValue, type SourcePlace } from '../source-place.js';
import type { Variables } from './declared-variables.js';
import { type LokocfgBlock, placeOf } from './lokocfg-block.js';
import {
  blockInBackend,
  emptyArgument,
  missingArgument,
  noText,
  unknownArgument,
  unknownBackend,
  unwritable,
  valueNotKnown,
} from './problems.js';
import { wayOut } from './way-out.js';

export type BackendChoice =
  /** By the names of inputs. All are strings, and none is empty. */
  | {
      readonly kind: 's3';
      readonly place: SourcePlace;
      readonly attributes: ReadonlyMap<string, PlacedValue>;
    }
  | { readonly kind: 'local'; readonly place: SourcePlace };

type Arguments = ReadonlyMap<string, 'required' | 'optional'>;

/** By the names of backends. */
const BACKENDS: ReadonlyMap<string, Arguments> = new Map([
  [
    's3',
    new Map([
      ['bucket', 'required'],
      ['key', 'required'],
      ['region', 'optional'],
      ['aws_creds_path', 'optional'],
      ['dynamodb_table', 'optional'],
    ]),
  ],
  ['local', new Map([['path', 'optional']])],
]);

/** A quote, a backslash, a line break, and the beginning of a template sequence would become part of Terraform's syntax. */
const UNWRITABLE = /["\\\r\n]|[$%]\{/;

/**
 * What a backend block chooses. If there are problems, nothing of it may be used.
 *
 * @see https://github.com/kinvolk/lokomotive/blob/v0.9.0/pkg/backend/s3/s3.go
 * @see https://github.com/kinvolk/lokomotive/blob/v0.9.0/pkg/backend/s3/template.go for what becomes of the values
 */
export function readBackend(
  block: LokocfgBlock,
  variables: Variables,
  problems: string[],
): BackendChoice | undefined {
  const [name = ''] = block.labels;
  const known = BACKENDS.get(name);
  if (known === undefined) {
    problems.push(unknownBackend(block, [...BACKENDS.keys()]));
    return undefined;
  }
  problems.push(...block.blocks.map((inner) => blockInBackend(block, inner)));
  for (const [argument, need] of known) {
    if (need === 'required' && !block.attributes.has(argument))
      problems.push(missingArgument(argument, block));
  }
  const attributes = new Map<string, PlacedValue>();
  for (const [argument, attribute] of block.attributes) {
    const read = readArgument(argument, attribute, { block, known, variables });
    const place = placeOf(block.file, attribute.position);
    if (read.kind === 'refused') problems.push(read.problem);
    else if (read.text !== '') attributes.set(argument, { value: string(read.text), place });
  }
  const place = placeOf(block.file, block.position);
  return name === 's3' ? { kind: 's3', place, attributes } : { kind: 'local', place };
}

interface Surroundings {
  readonly block: LokocfgBlock;
  readonly known: Arguments;
  readonly variables: Variables;
}

type Read =
  | { readonly kind: 'read'; readonly text: string }
  | { readonly kind: 'refused'; readonly problem: string };

function readArgument(
  name: string,
  { position, value }: HclAttribute,
  { block, known, variables }: Surroundings,
): Read {
  const at = exactPlace(block.file.path, position);
  if (!known.has(name)) return refused(unknownArgument(name, at, [...known.keys()]));
  if (value.kind === 'unknown')
    return refused(
      valueNotKnown({
        name,
        at,
        because: exactPlace(block.file.path, value.position),
        wayOut: wayOut(value, variables),
      }),
    );
  const text = textOf(value);
  if (text === undefined) return refused(noText(name, at, value.kind));
  if (UNWRITABLE.test(text)) return refused(unwritable(name, at));
  if (text === '' && known.get(name) === 'required') return refused(emptyArgument(name, at));
  return { kind: 'read', text };
}

const refused = (problem: string): Read => ({ kind: 'refused', problem });

/** Numbers and booleans become strings, as where Terraform needs one. */
function textOf(value: KnownValue): string | undefined {
  try {
    return toText({ value, start: 0 });
  } catch (error) {
    if (error instanceof HclError) return undefined;
    throw error;
  }
}
