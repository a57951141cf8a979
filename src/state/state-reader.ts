import { instanceSuffix, resourceAddress } from './addresses.js';
import type { Fingerprinter } from './fingerprint.js';
import type { Bracket, JsonListener } from './json-scanner.js';

/** The places of a state that are read; all else is passed over. */
type Place = 'document' | 'state' | 'resources' | 'resource' | 'instances' | 'instance';

/** Which key, if any, and bracket lead from a place to the next. */
const INWARD: Readonly<Record<Place, Readonly<Record<string, Place>>>> = {
  document: { '{': 'state' },
  state: { 'resources[': 'resources' },
  resources: { '{': 'resource' },
  resource: { 'instances[': 'instances' },
  instances: { '{': 'instance' },
  instance: {},
};

/** The keys whose values are read. At the top these are all that Terraform or OpenTofu know. */
const FIELDS: Readonly<Record<'state' | 'resource' | 'instance', ReadonlySet<string>>> = {
  state: new Set([
    ...['version', 'terraform_version', 'serial', 'lineage', 'outputs', 'resources', 'check_results'],
    ...['meta', 'encrypted_data', 'encryption_version'],
  ]),
  resource: new Set(['module', 'mode', 'type', 'name']),
  instance: new Set(['index_key', 'deposed', 'status']),
};

/**
 * What an instance is to people. The rest is bookkeeping, which a new version of Terraform or of a provider
 * rewrites without touching anything: schema versions, private data, dependencies.
 */
const CONTENT: ReadonlySet<string> = new Set(['status', 'attributes', 'attributes_flat']);

const TAINTED = '"tainted"';

/** Gathers header and resource instances of a state while its JSON passes by. The order of keys does not matter. */
export class StateReader implements JsonListener {
  /** JSON of the top-level scalars; of an object or a list its opening bracket. */
  readonly topLevel = new Map<string, string | undefined>();
  readonly repeatedKeys = new Set<string>();
  /** Fingerprints by address. */
  readonly resources = new Map<string, string>();
  /** How many instances have the address of an earlier one. */
  repeatedAddresses = 0;
  /** How many instances Terraform will replace, because their creation failed half-way. */
  tainted = 0;
  /** How many resources and instances no address could be made of. */
  unreadable = 0;

  #isObject = false;
  readonly #fingerprinter: Fingerprinter;
  readonly #resource = new Map<string, string | undefined>();
  readonly #instance = new Map<string, string | undefined>();
  readonly #fields = { state: this.topLevel, resource: this.#resource, instance: this.#instance };
  readonly #path: Place[] = ['document'];
  /** How many brackets deep the document is in what is passed over. */
  #aside = 0;
  #key = '';
  /** Of the resource at hand; its own address may come after them. */
  #instances: { readonly suffix: string | undefined; readonly fingerprint: string }[] = [];

  constructor(fingerprinter: Fingerprinter) {
    this.#fingerprinter = fingerprinter;
  }

  /** Whether the document is a JSON object, as a state must be. */
  get isObject(): boolean {
    return this.#isObject;
  }

  /** Terraform takes none for an empty list. */
  get resourcesAreAList(): boolean {
    return [undefined, 'null', '['].includes(this.topLevel.get('resources'));
  }

  get wantsText(): boolean {
    return this.#aside === 0;
  }

  open(bracket: Bracket): void {
    const inward = this.#aside === 0 ? this.#inward(bracket) : undefined;
    if (inward === undefined) this.#aside++;
    else this.#enter(inward);
  }

  close(): void {
    if (this.#aside === 0) this.#leave();
    else this.#aside--;
    if (this.#aside === 0) this.#fingerprinter.recording = false;
  }

  key(name: string | undefined): void {
    if (this.#aside > 0) return;
    this.#key = name ?? '';
    if (this.#place === 'instance' && CONTENT.has(this.#key)) this.#fingerprinter.record(this.#key);
  }

  scalar(raw: string | undefined): void {
    if (this.#aside > 0) return;
    this.#fingerprinter.recording = false;
    this.#note(raw);
    if (this.#place === 'resources' || this.#place === 'instances') this.unreadable++;
  }

  get #place(): Place {
    return this.#path[this.#path.length - 1] as Place;
  }

  #inward(bracket: Bracket): Place | undefined {
    this.#note(bracket);
    return INWARD[this.#place][this.#key + bracket];
  }

  #note(value: string | undefined): void {
    const place = this.#place;
    if (place !== 'state' && place !== 'resource' && place !== 'instance') return;
    if (!FIELDS[place].has(this.#key)) return;
    if (place === 'state' && this.topLevel.has(this.#key)) this.repeatedKeys.add(this.#key);
    this.#fields[place].set(this.#key, value);
  }

  #enter(place: Place): void {
    this.#path.push(place);
    this.#key = '';
    if (place === 'state') this.#isObject = true;
    if (place === 'resource' || place === 'instance') this.#fields[place].clear();
    if (place === 'resource') this.#instances = [];
  }

  #leave(): void {
    const left = this.#path.pop();
    this.#key = '';
    if (left === 'instance') {
      if (this.#instance.get('status') === TAINTED) this.tainted++;
      this.#instances.push({
        suffix: instanceSuffix(this.#instance),
        fingerprint: this.#fingerprinter.take(),
      });
    }
    if (left === 'resource') this.#addInstances(resourceAddress(this.#resource));
  }

  #addInstances(resource: string | undefined): void {
    if (resource === undefined) this.unreadable++;
    else for (const { suffix, fingerprint } of this.#instances) this.#add(resource, suffix, fingerprint);
    this.#instances = [];
  }

  #add(resource: string, suffix: string | undefined, fingerprint: string): void {
    if (suffix === undefined) {
      this.unreadable++;
      return;
    }
    const address = resource + suffix;
    if (this.resources.has(address)) this.repeatedAddresses++;
    else this.resources.set(address, fingerprint);
  }
}
