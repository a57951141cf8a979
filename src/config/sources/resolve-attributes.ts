import type { Given } from '../input-reader.js';
import { BACKEND_ATTRIBUTES, type BackendAttribute, partNames } from './backend-schema.js';
import { type Converted, convert } from './conversion.js';
import { unknownPart } from './name-problems.js';
import { type NamedPlace, type PlacedValue, placeWords } from './source-place.js';

/** What the attributes of a backend's configuration come to. */
export interface ResolvedAttributes {
  /** By the names of inputs. No text is empty. */
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
  ['force_path_style', 'use_path_style'],
] as const;

interface Settled extends PlacedValue {
  readonly attribute: BackendAttribute;
  readonly result: Exclude<Converted, { kind: 'refused' | 'null' }>;
}

/** Says of every attribute that has a value what becomes of it. */
export function resolveAttributes(attributes: ReadonlyMap<string, PlacedValue>): ResolvedAttributes {
  const problems: string[] = [];
  const settled = new Map(
    [...attributes]
      .flatMap(([name, placed]) => settle(name, placed, problems))
      .map((each) => [each.attribute.name, each]),
  );
  for (const [one, other] of TWO_NAMES) {
    const [first, second] = [settled.get(one), settled.get(other)];
    if (first && second) {
      problems.push(
        `"${one}" in ${placeWords(first.place)} and "${other}" in ${placeWords(second.place)} must not both be given: they are two names of one thing.`,
      );
    }
  }
  const given = new Map<string, Given>();
  const used: (NamedPlace & { input: string })[] = [];
  const withoutEffect: NamedPlace[] = [];
  for (const { attribute, place, result } of settled.values()) {
    const { name, fate } = attribute;
    if (isUnset(result)) continue;
    switch (fate.kind) {
      case 'input':
        if (result.kind === 'text') {
          const label = `"${name}" in ${placeWords(place)}`;
          given.set(fate.input, { text: result.text, place: label, origin: 'backend_config' });
          used.push({ name, place, input: fate.input });
        }
        break;
      case 'parts':
        break;
      case 'without-effect':
        withoutEffect.push({ name, place });
        break;
      case 'later':
      case 'refused':
        if (!isFalse(result)) problems.push(unfollowed({ name, place }, fate));
        break;
    }
  }
  return { given, used, withoutEffect, problems };
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

/** Terraform takes an empty text for none, and asks the environment. */
const isUnset = (result: Settled['result']) => result.kind === 'text' && result.text === '';

/** What says that nothing is to be done is followed. */
const isFalse = (result: Settled['result']) => result.kind === 'text' && result.text === 'false';

function unfollowed(
  { name, place }: NamedPlace,
  { kind, because }: { readonly kind: 'later' | 'refused'; readonly because: string },
): string {
  const reason = because.replaceAll('`', '"');
  const where = placeWords(place);
  return kind === 'later'
    ? `"${name}" in ${where} is not followed by Lockkeeper yet, and is by Terraform. ${reason}`
    : `"${name}" in ${where} is refused. ${reason}`;
}
