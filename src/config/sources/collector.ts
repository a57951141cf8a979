import { resolve } from 'node:path';
import type { HclAttribute } from '../hcl/body.js';
import { type Reading, readArguments, readExpression } from '../hcl/hcl.js';
import { type HclValue, string } from '../hcl/value.js';
import { type BackendAttribute, topAttribute } from './backend-schema.js';
import type { ConfigFiles } from './config-files.js';
import { convert } from './conversion.js';
import type { PlacedBlock } from './folder-backend.js';
import { readJsonArguments } from './json-arguments.js';
import type { ConfigArgument } from './lines.js';
import { missingFile, spacedName, unknownName } from './name-problems.js';
import type { RecordedConfiguration } from './recorded-configuration.js';
import { secretsInFileLine, secretsInText, secretsInValue } from './secret-values.js';
import {
  exactPlace,
  isOutside,
  type NamedPlace,
  type PlacedValue,
  placeWords,
  type SourcePlace,
} from './source-place.js';

interface Surroundings {
  /** Absolute, as `folder`. */
  readonly workspace: string;
  readonly folder: string;
  readonly files: Pick<ConfigFiles, 'read'>;
}

/** Takes in what is said of a backend, source after source, and keeps the last value of each attribute. */
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

  /** What one `-backend-config` takes. */
  add(argument: ConfigArgument, place: SourcePlace): void {
    if (argument.kind === 'file') this.#addFile(argument.path, place);
    else this.#addAssignment(argument.name, argument.text, place);
  }

  addBlock({ block, path }: PlacedBlock): void {
    for (const [name, { value, position }] of block.attributes)
      this.#addArgument(name, value, { kind: 'block', path, position });
  }

  addPlaced(attributes: ReadonlyMap<string, PlacedValue>): void {
    for (const [name, { value, place }] of attributes) this.#addArgument(name, value, place);
  }

  addRecord({ attributes, path }: RecordedConfiguration): void {
    for (const [name, value] of attributes) this.#addArgument(name, value, { kind: 'record', path });
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
    const { folder, files } = this.#surroundings;
    const tried = resolve(folder, path);
    const bytes = files.read(tried);
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
    for (const [name, { value, position }] of reading.what)
      this.#addArgument(name, value, { kind: 'file', path, position });
  }

  #addArgument(name: string, value: HclValue, place: SourcePlace): void {
    const attribute = topAttribute(name);
    if (attribute === undefined) this.problems.push(unknownName({ name, place }));
    else this.#set(attribute, { value, place });
  }

  #set(attribute: BackendAttribute, placed: PlacedValue): void {
    const { name } = attribute;
    const { place, value } = placed;
    const secrets = secretsInValue(attribute, value);
    this.secrets.push(...secrets);
    if (secrets.length > 0 && this.#isInRepository(place)) this.secretsInWorkspace.push({ name, place });
    this.attributes.set(name, placed);
  }

  /** Most likely: a block is looked for in the workspace alone. */
  #isInRepository(place: SourcePlace): boolean {
    if (place.kind !== 'file') return place.kind === 'block';
    const { workspace, folder } = this.#surroundings;
    return !isOutside(workspace, resolve(folder, place.path));
  }
}

const isJson = (path: string) => path.endsWith('.json');

function readFileArguments(path: string, text: string): Reading<ReadonlyMap<string, HclAttribute>> {
  return isJson(path) ? readJsonArguments(text) : readArguments(text);
}
