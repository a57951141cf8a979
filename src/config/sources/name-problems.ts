import { TOPICS } from '../attributes.js';
import { orList, quote } from '../quoting.js';
import { BACKEND_ATTRIBUTES, partNames, TOP_NAMES } from './backend-schema.js';
import { nearestName } from './nearest-name.js';
import { type NamedPlace, placeWords, type SourcePlace } from './source-place.js';

/** What stands where a name should, and is no longer than one: a secret that lost its name must not be shown. */
const SHOWABLE = /^[\w .-]{1,35}$/;

/** Of a command whose lines were taken over as they stood: its name, or one of its other options. */
const COMMAND = /^\s*(?:-|(?:terraform|tofu)\s)/;

const commandPart = (place: SourcePlace) =>
  `What stands in ${placeWords(place)} is a part of a command. Only what its -backend-config gets belongs there, a line for each.`;

/** Of a list of YAML, which an input cannot be. */
const LIST_ITEM = /^-\s/;

const listItem = (place: SourcePlace) =>
  `What stands in ${placeWords(place)} begins with "- ": an input is a text and no list, so leave the dash out.`;

/** The name of a file, and a name behind it. */
const TWO_ON_A_LINE = /^[^\s,]*\.[^\s,]*\s*[,\s]\s*\w+$/;

const twoOnALine = (place: SourcePlace) =>
  `In ${placeWords(place)} stand two things: give each file and each name=value a line of its own.`;

const INPUT_NAMES: ReadonlySet<string> = new Set(TOPICS.flatMap(({ inputs }) => Object.keys(inputs)));

/** The S3 backend has no attribute of this name. */
export function unknownName({ name, place }: NamedPlace): string {
  const where = placeWords(place);
  if (place.kind === 'line' && LIST_ITEM.test(name)) return listItem(place);
  if (place.kind === 'line' && COMMAND.test(name)) return commandPart(place);
  if (place.kind === 'line' && TWO_ON_A_LINE.test(name)) return twoOnALine(place);
  if (!SHOWABLE.test(name)) return `What ${where} sets is no attribute of the S3 backend.`;
  const [object = '', part] = name.split('.');
  if (BACKEND_ATTRIBUTES.has(name))
    return `"${name}" in ${where} is a part of an object: write ${object}={${part}="…"}.`;
  if (place.kind !== 'record' && INPUT_NAMES.has(name))
    return `"${name}" in ${where} is an input of Lockkeeper's own, and no attribute of the S3 backend: give it under "with", beside "backend_config".`;
  const near = nearestName(name, TOP_NAMES);
  const meant = near === undefined ? '' : ` Did you mean "${near}"?`;
  return `"${name}" in ${where} is no attribute of the S3 backend.${meant}`;
}

/** An object of the S3 backend has no such part. Terraform drops it without a word. */
export function unknownPart(object: string, { name, place }: NamedPlace): string {
  const parts = partNames(object);
  const shown = SHOWABLE.test(name) ? `A part "${name}"` : 'A part';
  const near = nearestName(name, parts);
  const meant = near === undefined ? `It has ${orList(parts)}.` : `Did you mean "${near}"?`;
  return `${shown} of "${object}" in ${placeWords(place)} is none that the S3 backend has. ${meant}`;
}

/** Terraform takes the spaces for a part of the name. */
export function spacedName(name: string, place: SourcePlace): string {
  return `The name ${quote(name)} in ${placeWords(place)} has white space around it, which "terraform init" refuses: write ${name.trim()}=… without it.`;
}

/** A name, and a value behind it, but no `=` between them. */
export const NAME_AND_REST = /^["']?(\w+)["']?(?:\s*:|\s)\s*(\S.*)$/s;

interface MissingFile {
  /** As it was written. */
  readonly path: string;
  readonly tried: string;
  readonly line: SourcePlace;
}

export function missingFile({ path, tried, line }: MissingFile): string {
  const where = placeWords(line);
  if (LIST_ITEM.test(path)) return listItem(line);
  if (COMMAND.test(path)) return commandPart(line);
  const [, name = ''] = NAME_AND_REST.exec(path) ?? [];
  if (BACKEND_ATTRIBUTES.has(name))
    return `What follows "${name}" in ${where} must follow "=", as in ${name}=…: without it, the line would name a file.`;
  return (
    `The file ${quote(path)} of ${where} cannot be read; tried ${quote(tried)}. ` +
    'It is looked for from "working_directory", else from the workspace, so the step that checks out the repository must come before.'
  );
}
