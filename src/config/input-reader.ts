import type { Environment } from './environment.js';
import type { Format } from './formats.js';
import { orList, quote } from './quoting.js';

/** What is fixed about an input, whatever its value. */
export interface InputDeclaration {
  /** What the text is read as, in the words of the table of inputs. */
  readonly type?: string;
  /** The variables that are asked, in this order, when the input is not given. */
  readonly environment?: readonly string[];
  /** What holds when nothing is given. */
  readonly fallback?: string;
  /** Masked on receipt, and never quoted in an error. */
  readonly secret?: true;
  /** The text is a name of something, and trimmed it would name something else: white space around it is refused. */
  readonly verbatim?: true;
  /** In the configuration of a backend, an empty text is a value of its own, and does not mean that nothing is said. */
  readonly isSaidByEmptyText?: true;
}

export type InputDeclarations = Readonly<Record<string, InputDeclaration>>;

/** `profile` is the shared configuration of AWS. */
export type Origin = 'input' | 'backend_config' | 'environment' | 'profile';

/** A text that somebody has set, and its place, to begin or continue a sentence with. */
export interface Given {
  readonly text: string;
  readonly place: string;
  readonly origin: Origin;
}

/** What was set elsewhere than in inputs and environment. */
export interface GivenElsewhere {
  /** By the names of inputs. A text is empty only where that says something. */
  readonly values: ReadonlyMap<string, Given>;
  /** If there are any, more could have been set there. */
  readonly problems: readonly string[];
}

/** Where values stand beside inputs and environment. */
export interface Elsewhere {
  readonly backendConfig?: GivenElsewhere;
  /** By the names of inputs. */
  readonly profile?: GivenElsewhere['values'];
}

type Value<D extends InputDeclaration, T> = D extends { readonly fallback: string } ? T : T | undefined;

const ANYWHERE: readonly Origin[] = ['input', 'backend_config', 'environment', 'profile'];

/** Said in this step, and not by its surroundings. */
export const CONFIGURED: readonly Origin[] = ['input', 'backend_config'];

const NOTHING: GivenElsewhere = { values: new Map(), problems: [] };

/**
 * Reads one slice of the inputs, and collects what is wrong with them instead of stopping at the first fault.
 * A value that had to be refused is replaced by a harmless one, so that parsing goes on: whoever made the
 * reader must not use anything that was read if `problems` is not empty at the end.
 */
export class InputReader<D extends InputDeclarations> {
  readonly #env: Environment;
  readonly #declarations: D;
  readonly #problems: string[];
  readonly #backendConfig: GivenElsewhere;
  readonly #profile: GivenElsewhere['values'];

  /**
   * @param problems - the list that faults are added to; shared by the readers of all slices.
   * @param elsewhere - `backendConfig` is asked after the inputs, and before the environment; `profile` at last
   */
  constructor(env: Environment, declarations: D, problems: string[], elsewhere: Elsewhere = {}) {
    this.#env = env;
    this.#declarations = declarations;
    this.#problems = problems;
    this.#backendConfig = elsewhere.backendConfig ?? NOTHING;
    this.#profile = elsewhere.profile ?? NOTHING.values;
  }

  /**
   * What was set for `name`. Nothing but white space is not set: the runner hands over an input that is left out as "".
   */
  given(name: keyof D & string, origins = ANYWHERE): Given | undefined {
    const [input, ...variables] = placesOf(name, this.#declarations[name]);
    const all = [this.#givenIn(name, input), this.#backendConfig.values.get(name)];
    for (const place of variables) all.push(this.#givenIn(name, place));
    all.push(this.#profile.get(name));
    return all.find((given) => given !== undefined && origins.includes(given.origin));
  }

  #givenIn(name: keyof D & string, { origin, variable, label }: Place): Given | undefined {
    const text = textIn(this.#env, variable);
    if (text === '') return undefined;
    const isVerbatim = this.#declarations[name]?.verbatim;
    return { text: isVerbatim ? (this.#env[variable] ?? '') : text, place: label, origin };
  }

  /** The value of `name`; a bad one is reported. Without one, the declared fallback, if there is any. */
  read<N extends keyof D & string, T>(name: N, format: Format<T>, origins = ANYWHERE): Value<D[N], T> {
    const declaration = this.#declarations[name];
    const given = this.given(name, origins);
    if (given !== undefined) {
      // The text of `backend_config` is exact: no runner and no YAML put white space around it.
      const isExact = given.origin === 'backend_config' || !declaration?.verbatim;
      const result = isExact ? format(given.text) : verbatim(format)(given.text);
      if ('value' in result) return result.value as Value<D[N], T>;
      const got = declaration?.secret ? `${given.text.length} characters` : (result.got ?? quote(given.text));
      this.report(`${given.place} must be ${result.expected}; got ${got}.`);
    }
    const fallback = declaration?.fallback === undefined ? undefined : format(declaration.fallback);
    return (fallback && 'value' in fallback ? fallback.value : undefined) as Value<D[N], T>;
  }

  /**
   * The value of an input that must be set; "" stands in for one that is missing or refused. What may be missing only
   * because `backend_config` cannot be read is not reported as well.
   */
  require<N extends keyof D & string>(name: N, format: Format<string>): string {
    if (this.given(name) === undefined && this.#backendConfig.problems.length === 0) {
      const variables = this.#declarations[name]?.environment ?? [];
      const elsewhere = variables.length > 0 ? `, or the environment variable ${orList(variables)}` : '';
      this.report(`Input "${name}" is required${elsewhere}.`);
    }
    return this.read(name, format) ?? '';
  }

  /** Adds a problem: a whole sentence that begins with a capital letter. */
  report(problem: string): void {
    this.#problems.push(problem.charAt(0).toUpperCase() + problem.slice(1));
  }
}

/**
 * Every place where a value of the input may stand, the first to be asked first.
 * @see https://github.com/actions/toolkit/blob/main/packages/core/src/core.ts for the name of the variable
 */
function placesOf(name: string, declaration: InputDeclaration | undefined): [Place, ...Place[]] {
  const variables = (declaration?.environment ?? []).map(
    (variable): Place => ({ origin: 'environment', variable, label: `environment variable "${variable}"` }),
  );
  return [{ origin: 'input', variable: inputVariable(name), label: `input "${name}"` }, ...variables];
}

interface Place {
  readonly origin: Origin;
  readonly variable: string;
  readonly label: string;
}

const inputVariable = (name: string) => `INPUT_${name.toUpperCase()}`;

/**
 * S3 takes a key that begins or ends with white space, and so does Terraform: trimmed, it would be another state's. The
 * line feed at the end of a YAML block is refused like the rest, for in Terraform's own heredoc it is part of the key.
 */
function verbatim<T>(format: Format<T>): Format<T> {
  return (text) => (text === text.trim() ? format(text) : { expected: UNPADDED });
}

const UNPADDED =
  'without white space at its beginning and end (a YAML block keeps its last line feed unless it is ">-" or "|-")';

/** Trimmed, as `getInput` of @actions/core does. */
function textIn(env: Environment, variable: string): string {
  return (env[variable] ?? '').trim();
}

/** What an input was given; empty if nothing. */
export function textOfInput(env: Environment, name: string): string {
  return textIn(env, inputVariable(name));
}

/** Every value, wherever it stands, of the inputs that are declared secret. Nothing is validated. */
export function secretTexts(env: Environment, declarations: InputDeclarations): string[] {
  const texts = Object.entries(declarations)
    .filter(([, declaration]) => declaration.secret)
    .flatMap(([name, declaration]) => placesOf(name, declaration))
    .map(({ variable }) => textIn(env, variable));
  return [...new Set(texts)].filter((text) => text !== '');
}
