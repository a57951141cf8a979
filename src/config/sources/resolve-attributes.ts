import type { Given } from '../input-reader.js';
import { BACKEND_ATTRIBUTES, type BackendAttribute, partNames } from './backend-schema.js';
import { type Converted, convert } from './conversion.js';
import { unknownPart } from './name-problems.js';
import { type NamedPlace, type PlacedValue, placeWords } from './source-place.js';

/** What the attributes of a backend's configuration come to. */
export interface ResolvedAttributes {
  /** By the names of inputs. A text is empty only where that says something. */
  readonly given: ReadonlyMap<string, Given>;
  readonly used: readonly (NamedPlace & { readonly input: string })[];
  readonly withoutEffect: readonly NamedPlace[];
  readonly problems: readonly string[];
}

/** Attributes that exclude each other, for they are two names of one thing. */
const TWO_NAMES = [
  ['endpoint', 'endpoints.s3'],
  ['dynamodb_endpoint', 'endpoints.dynamodb'],
  ['iam_endpoint', 'endpoints.iam'],
  ['sts_endpoint', 'endpoints.sts'],
  ['shared_credentials_file', 'shared_credentials_files'],
  ['force_path_style', 'use_path_style'],
] as const;

/** The names that OpenTofu had before `assume_role`, beside which it refuses them. */
const BEFORE_ASSUME_ROLE = [
  'role_arn',
  'session_name',
  'external_id',
  'assume_role_duration_seconds',
  'assume_role_policy',
  'assume_role_policy_arns',
  'assume_role_tags',
  'assume_role_transitive_tag_keys',
];

interface Settled extends PlacedValue {
  readonly attribute: BackendAttribute;
  readonly result: Exclude<Converted, { kind: 'refused' | 'null' }>;
}

/** Says of every attribute that has a value what becomes of it. */
export function resolveAttributes(attributes: ReadonlyMap<string, PlacedValue>): ResolvedAttributes {
  const problems: string[] = [];
  const settled = [...attributes].flatMap(([name, placed]) => settle(name, placed, problems));
  problems.push(...conflicts(settled));
  const said = settled.filter(saysSomething);
  return {
    given: new Map(said.flatMap(givenBy)),
    used: said.flatMap(({ attribute: { name, fate }, place }) =>
      fate.kind === 'input' ? [{ name, place, input: fate.input }] : [],
    ),
    withoutEffect: said.flatMap(({ attribute: { name, fate }, place }) =>
      fate.kind === 'without-effect' ? [{ name, place }] : [],
    ),
    problems: [...problems, ...said.flatMap(unfollowed)],
  };
}

/** Terraform takes an empty text for none, and asks the environment; for few attributes it is a value. */
const saysSomething = ({ attribute, result }: Settled) =>
  result.kind !== 'text' || result.text !== '' || attribute.isSaidByEmptyText;

function givenBy({ attribute: { name, fate }, place, result }: Settled): [string, Given][] {
  if (fate.kind !== 'input' || result.kind !== 'text') return [];
  const label = `"${name}" in ${placeWords(place)}`;
  return [[fate.input, { text: result.text, place: label, origin: 'backend_config' }]];
}

function conflicts(settled: readonly Settled[]): string[] {
  const placeOf = (name: string) => settled.find(({ attribute }) => attribute.name === name)?.place;
  const twoNames = TWO_NAMES.flatMap(([one, other]) => {
    const [first, second] = [placeOf(one), placeOf(other)];
    if (first === undefined || second === undefined) return [];
    return [
      `"${one}" in ${placeWords(first)} and "${other}" in ${placeWords(second)} must not both be given: they are two names of one thing.`,
    ];
  });
  return [...twoNames, ...besideAssumeRole(settled)];
}

function besideAssumeRole(settled: readonly Settled[]): string[] {
  const nested = settled.find(({ attribute }) => attribute.name.startsWith('assume_role.'));
  if (nested === undefined) return [];
  return settled
    .filter(({ attribute }) => BEFORE_ASSUME_ROLE.includes(attribute.name))
    .map(
      ({ attribute: { name }, place }) =>
        `"${name}" in ${placeWords(place)} must not stand beside "assume_role" in ${placeWords(nested.place)}: what it says belongs in there.`,
    );
}

/** The attribute, and the parts of an object as attributes of their own; nothing of what is null or refused. */
function settle(name: string, placed: PlacedValue, problems: string[]): Settled[] {
  const attribute = BACKEND_ATTRIBUTES.get(name) as BackendAttribute;
  const result = convert(attribute, placed);
  if (result.kind === 'refused') {
    problems.push(result.problem);
    return [];
  }
  if (result.kind === 'null') return [];
  const whole = { ...placed, attribute, result };
  if (attribute.type !== 'object' || result.kind !== 'compound' || result.value.kind !== 'object')
    return [whole];
  const parts = [...result.value.entries].flatMap(([part, value]) => {
    if (partNames(name).includes(part)) return settle(`${name}.${part}`, { ...placed, value }, problems);
    problems.push(unknownPart(name, { name: part, place: placed.place }));
    return [];
  });
  // What is not followed as a whole is not told again of each part.
  return attribute.fate.kind === 'parts' ? parts : [whole];
}

/** What Terraform would follow alone. To say that nothing is to be done is no such thing. */
function unfollowed({ attribute: { name, fate }, place, result }: Settled): string[] {
  if (result.kind === 'text' && result.text === 'false') return [];
  const where = `"${name}" in ${placeWords(place)}`;
  switch (fate.kind) {
    case 'refused':
      return [`${where} is refused. ${plain(fate.because)}`];
    case 'input':
    case 'parts':
    case 'without-effect':
      return [];
  }
}

/** Without the code spans of Markdown. */
const plain = (markdown: string) => markdown.replaceAll('`', '"');
