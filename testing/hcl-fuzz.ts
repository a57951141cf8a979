import { isDeepStrictEqual } from 'node:util';
import type { HclBody } from '../src/config/hcl/body.js';
import { type Reading, readBlocks, readExpression } from '../src/config/hcl/hcl.js';
import type { HclValue } from '../src/config/hcl/value.js';
import { hcl2jsonForm, oracleForm, UNKNOWN } from './hcl-forms.js';
import type { HclOracle, OracleAttribute, OracleBody } from './hcl-oracle.js';
import { hcl2json } from './hcl2json.js';

/** What became of a text in our reader and in another one. */
export interface Verdict {
  /** One of few, to be counted. */
  readonly outcome:
    | 'same'
    | 'both refuse'
    /** We tell that we do not evaluate a part of it. */
    | 'unknown'
    /** We evaluate what the other one does not, or not yet, and that fails. */
    | 'refused by us'
    /** The other one has no form for it. */
    | 'not compared'
    | 'WRONG';
  readonly detail?: string;
}

/** Of the refusals that are of values, not of syntax: other readers find those later, or never. */
const OF_VALUES =
  /required here\.$|cannot become part|same type|divides by zero|replacement character|nested too deeply|not a number/;

/** Compares all that we read of a text with `@cdktn/hcl2json`, which evaluates nothing, and knows no positions. */
export async function compareWithHcl2json(text: string): Promise<Verdict> {
  const ours = readBlocks(text, 'whole');
  const theirs = await hcl2json(text);
  if (theirs.kind === 'no-json') return { outcome: 'not compared' };
  if (ours.kind === 'refused' || theirs.kind === 'refused') return acceptance(ours, theirs.kind === 'json');
  const form = hcl2jsonForm(ours.what);
  if (isSame(theirs.value, form)) return { outcome: 'same' };
  return { outcome: 'WRONG', detail: `not as hcl2json has it: ${JSON.stringify(theirs.value)}` };
}

function acceptance(ours: Reading<HclBody>, accepted: boolean): Verdict {
  if (ours.kind === 'refused') {
    if (!accepted) return { outcome: 'both refuse' };
    const outcome = OF_VALUES.test(ours.because) ? 'refused by us' : 'WRONG';
    return { outcome, detail: ours.because };
  }
  return hasUnknown(ours.what) ? { outcome: 'unknown' } : { outcome: 'WRONG', detail: 'accepted' };
}

function hasUnknown({ attributes, blocks }: HclBody): boolean {
  return [...attributes.values()].some(({ value }) => value.kind === 'unknown') || blocks.some(hasUnknown);
}

const SEQUENCE = /[$%]\{/;

/** @param theirs - where its text has a template sequence, it is not evaluated */
function isSame(theirs: unknown, ours: unknown): boolean {
  if (ours === UNKNOWN) return true;
  if (typeof theirs === 'string') return SEQUENCE.test(theirs) || theirs.normalize() === ours;
  if (!isObject(theirs) || !isObject(ours)) return theirs === ours;
  if (Array.isArray(theirs) !== Array.isArray(ours)) return false;
  const [parts, ourParts] = [partsOf(theirs), partsOf(ours)];
  if ([...parts.keys()].some((name) => SEQUENCE.test(name))) return true;
  return parts.size === ourParts.size && [...parts].every(([name, part]) => isSame(part, ourParts.get(name)));
}

/** hcl2json leaves text as it is written; HCL brings what it evaluates into normal form C. */
function partsOf(value: Readonly<Record<string, unknown>>): ReadonlyMap<string, unknown> {
  const parts = value instanceof Map ? [...value] : Object.entries(value);
  return new Map(parts.map(([name, part]) => [name.normalize(), part]));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** Compares all that we read of a text with HashiCorp's parser: values with their types, and positions. */
export async function compareWithOracle(text: string, oracle: HclOracle): Promise<Verdict> {
  const ours = readBlocks(text, 'whole');
  const { body } = await oracle.ask('body', text);
  if (ours.kind === 'refused' || body === undefined) return acceptance(ours, body !== undefined);
  const problem = bodyProblem(ours.what, body);
  if (problem !== undefined) return { outcome: 'WRONG', detail: problem };
  return { outcome: hasUnknown(ours.what) ? 'unknown' : 'same' };
}

function bodyProblem(ours: HclBody, theirs: OracleBody): string | undefined {
  if (ours.attributes.size !== theirs.attributes.length)
    return `another number of arguments in ${theirs.type}`;
  if (ours.blocks.length !== theirs.blocks.length) return `another number of blocks in ${theirs.type}`;
  for (const attribute of theirs.attributes) {
    const found = ours.attributes.get(attribute.name);
    if (found === undefined) return `${attribute.name} is missing`;
    if (!isAt(found.position, attribute)) return `${attribute.name} is at another place`;
    const problem = valueProblem(found.value, attribute.value);
    if (problem !== undefined) return `${attribute.name}: ${problem}`;
  }
  for (const [index, block] of theirs.blocks.entries()) {
    const found = ours.blocks[index];
    if (found?.type !== block.type || !isDeepStrictEqual(found.labels, block.labels))
      return `another ${block.type}`;
    if (!isAt(found.position, block)) return `${block.type} is at another place`;
    const problem = bodyProblem(found, block);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function isAt(ours: { line: number; column: number }, theirs: OracleBody | OracleAttribute): boolean {
  return ours.line === theirs.line && ours.column === theirs.column;
}

function valueProblem(ours: HclValue, theirs: unknown): string | undefined {
  const form = oracleForm(ours);
  if (ours.kind === 'unknown' || isDeepStrictEqual(form, theirs)) return undefined;
  return `${JSON.stringify(form)} is ${JSON.stringify(theirs)}`;
}

/** Compares what we make of an expression with HashiCorp's parser. */
export async function compareExpressions(text: string, oracle: HclOracle): Promise<Verdict> {
  const ours = readExpression(text);
  const { value } = await oracle.ask('expression', text);
  if (ours.kind === 'refused') {
    if (value === undefined) return { outcome: 'both refuse' };
    return { outcome: OF_VALUES.test(ours.because) ? 'refused by us' : 'WRONG', detail: ours.because };
  }
  if (ours.what.kind === 'unknown') return { outcome: 'unknown' };
  const problem = valueProblem(ours.what, value);
  return problem === undefined ? { outcome: 'same' } : { outcome: 'WRONG', detail: problem };
}
