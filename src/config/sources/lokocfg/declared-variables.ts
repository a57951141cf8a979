import type { HclAttribute } from '../../hcl/body.js';
import { readArguments } from '../../hcl/hcl.js';
import type { HclValue } from '../../hcl/value.js';
import { exactPlace } from '../source-place.js';
import type { LokocfgBlock, TextFile } from './lokocfg-block.js';
import { blockInVariable, noLiteral, refusedFile } from './problems.js';

/** The variables that are declared. */
export interface Variables {
  readonly names: ReadonlySet<string>;
  /** The values of those that have one, by `var.<name>`. */
  readonly references: ReadonlyMap<string, HclValue>;
}

/**
 * Gives every declared variable its value: that of `lokocfg.vars`, else its default. One without a value is no problem while
 * nothing needs it, and neither is a value of none that is declared.
 *
 * @see https://github.com/kinvolk/lokomotive/blob/v0.9.0/pkg/config/config.go LoadConfig
 */
export function readVariables(
  blocks: readonly LokocfgBlock[],
  vars: TextFile | undefined,
  problems: string[],
): Variables {
  const given = vars ? readVars(vars, problems) : new Map<string, HclAttribute>();
  const references = new Map<string, HclValue>();
  for (const block of blocks) {
    const [name = ''] = block.labels;
    for (const inner of block.blocks) problems.push(blockInVariable(block.file, inner));
    const value = given.get(name)?.value ?? defaultOf(block, problems);
    if (value !== undefined) references.set(`var.${name}`, value);
  }
  return { names: new Set(blocks.flatMap(({ labels }) => labels)), references };
}

/** All of them are evaluated, declared or not. */
function readVars(file: TextFile, problems: string[]): ReadonlyMap<string, HclAttribute> {
  const reading = readArguments(file.text);
  if (reading.kind === 'refused') {
    problems.push(refusedFile(file.path, reading));
    return new Map();
  }
  for (const { value } of reading.what.values()) checkLiteral(file, value, problems);
  return reading.what;
}

function defaultOf({ attributes, file }: LokocfgBlock, problems: string[]): HclValue | undefined {
  const value = attributes.get('default')?.value;
  if (value) checkLiteral(file, value, problems);
  return value;
}

function checkLiteral(file: TextFile, value: HclValue, problems: string[]): void {
  const isRefused = value.kind === 'unknown' && (value.needs === 'variable' || value.needs === 'function');
  if (isRefused) problems.push(noLiteral(exactPlace(file.path, value.position)));
}
