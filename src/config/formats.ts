import type { Environment } from './environment.js';
import { orList, quote } from './quoting.js';

/** Reads a text as a value, or says what the text must be: `{ expected: 'true or false' }`. */
export type Format<T> = (text: string) => { readonly value: T } | Refusal;

export interface Refusal {
  /** Completes the sentence: Input "x" must be … */
  readonly expected: string;
  /** What may be shown of the text, where that is not the text itself. */
  readonly got?: string;
}

/** A text that matches `pattern` as a whole. */
export function matching(pattern: RegExp, expected: string): Format<string> {
  return (text) => (pattern.test(text) ? { value: text } : { expected });
}

/** One of the keys of a table, read as what the table has there. */
export function oneOf<T, Choice extends string = string>(choices: Readonly<Record<Choice, T>>): Format<T> {
  const entries = new Map<string, T>(Object.entries(choices) as [Choice, T][]);
  const expected = orList([...entries.keys()]);
  return (text) => (entries.has(text) ? { value: entries.get(text) as T } : { expected });
}

/**
 * The booleans of YAML 1.2, so that `yes` and typing mistakes are errors, not `false`.
 * @see https://yaml.org/spec/1.2.2/#1032-tag-resolution
 */
export const boolean: Format<boolean> = (text) =>
  /^(true|True|TRUE|false|False|FALSE)$/.test(text)
    ? { value: text.toLowerCase() === 'true' }
    : { expected: 'true or false' };

export const wholeNumber: Format<number> = (text) =>
  /^\d+$/.test(text) && Number.isSafeInteger(Number(text))
    ? { value: Number(text) }
    : { expected: 'a whole number, 0 or more' };

/** What an attribute that is a list comes as: JSON, whose items are texts. */
export const textList: Format<readonly string[]> = (text) => {
  const value = parseJson(text);
  return Array.isArray(value) && value.every(isText)
    ? { value }
    : { expected: 'a list of texts, such as ["a", "b"]' };
};

/** What an attribute that is a map comes as: JSON, whose values are texts. */
export const textMap: Format<Readonly<Record<string, string>>> = (text) => {
  const value = parseJson(text);
  const isMap = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isMap && Object.values(value).every(isText)
    ? { value: value as Record<string, string> }
    : { expected: 'a map of texts, such as {"a": "b"}' };
};

const isText = (value: unknown) => typeof value === 'string';

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
const PART = /(\d+\.?\d*|\.\d+)(ms|s|m|h)/g;
/** Timers overflow at 2^31 ms (24 days) and then fire at once; no job gets near. */
const LONGEST_MS = 120 * 3_600_000;

/**
 * A duration as Terraform's `-lock-timeout` takes it, in milliseconds; units below that are left out.
 * @see https://pkg.go.dev/time#ParseDuration
 * @see https://docs.github.com/en/actions/reference/limits for the five days that a job may run
 */
export const duration: Format<number> = (text) => {
  if (text.replace(PART, '') !== '' && text !== '0') {
    return { expected: 'a duration such as 90s or 10m' };
  }
  const parts = [...text.matchAll(PART)].map(
    ([, amount, unit]) => Number(amount) * (UNIT_MS[unit ?? ''] ?? 0),
  );
  const value = Math.round(parts.reduce((sum, part) => sum + part, 0));
  return value <= LONGEST_MS ? { value } : { expected: 'at most 120h, the longest that a job can run' };
};

/**
 * Where a service is reached. Terraform lets an incomplete URL pass with a warning that it "may have unexpected
 * behavior"; here it is refused. So are credentials in the URL, which logs would show.
 */
export const endpoint: Format<string> = (text) => {
  const got = quote(text.replace(/\/\/.*@/s, '//***@'));
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isWeb = /^https?:\/\/[^/]/i.test(text) && url !== undefined;
  if (!isWeb || /[?#\s]/.test(text)) return { expected: 'a URL such as https://s3.example.com', got };
  if (url.username !== '' || url.password !== '') {
    return { expected: 'a URL without a user name and a password', got };
  }
  return { value: text };
};

/** One key, name or token; white space inside is a mistake in pasting. */
export const word = matching(/^\S+$/, 'one word without spaces and line breaks');

const VARIABLE = /\$(?:\{(\w+)\}|(\w+))/g;

/** Where `~` and `$NAME` in a path lead. */
export interface PathContext {
  readonly homeDir: string;
  readonly env: Environment;
  /** Where relative paths of `backend_config` begin. */
  readonly folder?: string;
}

/**
 * A file's path, with `$NAME`, `${NAME}` and a leading `~` expanded as Terraform does.
 * @see https://github.com/hashicorp/aws-sdk-go-base/blob/main/internal/expand/filepath.go
 */
export function filePath({ homeDir, env }: PathContext): Format<string> {
  return (text) => {
    const names = [...text.matchAll(VARIABLE)].map((match) => match[1] ?? match[2] ?? '');
    const unset = names.find((name) => !env[name]);
    if (unset !== undefined) {
      return { expected: `a path of variables that are set, and ${quote(unset)} is not` };
    }
    const path = text.replace(
      VARIABLE,
      (_, braced?: string, bare?: string) => env[braced ?? bare ?? ''] ?? '',
    );
    if (/^~[^/\\]/.test(path))
      return { expected: 'a path, where "~" stands for your own home directory only' };
    return { value: path.replace(/^~/, () => homeDir) };
  };
}
