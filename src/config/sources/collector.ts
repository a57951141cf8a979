import { isAbsolute, relative, resolve, sep } from 'node:path';
import type { HclAttribute } from '../hcl/body.js';
import { type Reading, readArguments, readExpression } from '../hcl/hcl.js';
import { type HclValue, string } from '../hcl/value.js';
import { type BackendAttribute, topAttribute } from './backend-schema.js';
import { convert } from './conversion.js';
import { readJsonArguments } from './json-arguments.js';
import type { ConfigLine } from './lines.js';
import { missingFile, spacedName, unknownName } from './name-problems.js';
import { secretsInFileLine, secretsInText, secretsInValue } from './secret-values.js';
import {
  exactPlace,
  type NamedPlace,
  type PlacedValue,
  placeWords,
  type SourcePlace,
} from './source-place.js';

/** Reads a file of the user; undefined if there is none that can be read. The path is absolute. */
export type ReadFile = (path: string) => Uint8Array | undefined;

interface Surroundings {
  /** Absolute, as `folder`. */
  readonly workspace: string;
  readonly folder: string;
  readonly readFile: ReadFile;
}

/** Takes in line after line, and keeps the last value of each attribute. */
export class Collector {
  readonly attributes = new Map<string, PlacedValue>();
  readonly problems: string[] = [];
  readonly secrets: string[] = [];
  readonly secretsInWorkspace: NamedPlace[] = [];
  readonly quoted: NamedPlace[] = [];
  readonly #surroundings: Surroundings;

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
  }

  add(line: ConfigLine): void {
    if (line.kind === 'file') this.#addFile(line.path, { kind: 'line', line: line.line });
    else this.#addAssignment(line.name, line.text, { kind: 'line', line: line.line });
  }

  #addAssignment(name: string, text: string, place: SourcePlace): void {
    const attribute = topAttribute(name);
    const meant = attribute ?? topAttribute(name.trim());
    if (meant !== undefined) this.secrets.push(...secretsInText(meant, text));
    if (attribute === undefined) {
      this.problems.push(meant ? spacedName(name, place) : unknownName({ name, place }));
      return;
    }
    if (/^(["']).*\1$/s.test(text)) this.quoted.push({ name, place });
    const value = this.#valueOf(attribute, text, place);
    if (value !== undefined) this.#set(attribute, { value, place });
  }

  /** As for `init`, a text of another type must be right even if a later line replaces it. */
  #valueOf(attribute: BackendAttribute, text: string, place: SourcePlace): HclValue | undefined {
    switch (attribute.type) {
      case 'string':
        return string(text);
      case 'bool':
      case 'number': {
        const converted = convert(attribute, { value: string(text), place });
        if (converted.kind !== 'refused') return string(text);
        this.problems.push(converted.problem);
        return undefined;
      }
      case 'object':
      case 'set(string)':
      case 'map(string)': {
        const reading = readExpression(text);
        if (reading.kind === 'read') return reading.what;
        const at = `column ${reading.position.column} of its value`;
        this.problems.push(
          `"${attribute.name}" in ${placeWords(place)} must be HCL, and is not at ${at}. ${reading.because}`,
        );
        return undefined;
      }
    }
  }

  #addFile(path: string, line: SourcePlace): void {
    const { folder, readFile } = this.#surroundings;
    const tried = resolve(folder, path);
    const bytes = readFile(tried);
    if (bytes === undefined) {
      this.secrets.push(...secretsInFileLine(path));
      this.problems.push(missingFile({ path, tried, line }));
      return;
    }
    const reading = readFileArguments(path, Buffer.from(bytes).toString('utf8'));
    if (reading.kind === 'refused') {
      const language = isJson(path) ? 'JSON' : 'HCL';
      this.problems.push(
        `${language} refuses the file at ${exactPlace(path, reading.position)}. ${reading.because}`,
      );
      return;
    }
    for (const [name, argument] of reading.what) this.#addArgument(name, argument, path);
  }

  #addArgument(name: string, { value, position }: HclAttribute, path: string): void {
    const attribute = topAttribute(name);
    const place = { kind: 'file', path, position } as const;
    if (attribute === undefined) this.problems.push(unknownName({ name, place }));
    else this.#set(attribute, { value, place });
  }

  #set(attribute: BackendAttribute, placed: PlacedValue): void {
    const { name } = attribute;
    const { place, value } = placed;
    const secrets = secretsInValue(attribute, value);
    this.secrets.push(...secrets);
    if (secrets.length > 0 && place.kind === 'file' && this.#isInWorkspace(place.path))
      this.secretsInWorkspace.push({ name, place });
    this.attributes.set(name, placed);
  }

  #isInWorkspace(path: string): boolean {
    const { workspace, folder } = this.#surroundings;
    const from = relative(workspace, resolve(folder, path));
    return from !== '..' && !from.startsWith(`..${sep}`) && !isAbsolute(from);
  }
}

const isJson = (path: string) => path.endsWith('.json');

function readFileArguments(path: string, text: string): Reading<ReadonlyMap<string, HclAttribute>> {
  return isJson(path) ? readJsonArguments(text) : readArguments(text);
}
