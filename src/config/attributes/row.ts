import type { InputDeclaration } from '../input-reader.js';
import type { Product } from './unsupported.js';

/** Every action of this repository, by the folder of its `action.yml`; `root` is the one at its top. */
export const ACTIONS = ['root', 'inspect', 'backup', 'verify', 'restore'] as const;

/** Those that work on one state; the others go through all of a bucket. */
export const STATE_ACTIONS = ['root', 'inspect', 'restore'] as const satisfies readonly ActionName[];

export type ActionName = (typeof ACTIONS)[number];

/**
 * Everything that is said of one input. The parsers take from it what an `InputDeclaration` has; `action.yml`, README.md
 * and docs/configuration.md are generated from the rest.
 */
export interface InputRow extends InputDeclaration {
  readonly type: InputType;
  /** For the type `choice`: what it may be. */
  readonly choices?: readonly string[];
  readonly from: InputOrigin;
  /** The only backend that has it; both unless given. */
  readonly only?: Product;
  /** None takes what is an attribute of the backend and no input: that is given where the backend is configured. */
  readonly actions: readonly ActionName[];
  /** What the runner evaluates for an input that is not given, such as `github.token`. */
  readonly expression?: string;
  /** Whole sentences, in Markdown, without line breaks. */
  readonly description: string;
}

/**
 * Whose word an input is. What is not `ours` may come from elsewhere, such as a file of Terraform: then `action.yml` must
 * not have a default, for the runner would hand that over as if it had been given.
 */
export type InputOrigin = 'backend' | 'terraform' | 'lokomotive' | 'ours';

/** What the text of an input is read as, and how documentation says that. */
export const INPUT_TYPES = {
  age: 'minutes, hours and days, such as `90m`, `26h` or `7d`',
  'backend config': 'lines of a file or of `name=value`, as `terraform init -backend-config` takes them',
  boolean: '`true` or `false`',
  'bucket name': 'name of a bucket',
  'calendar duration': 'years, months, days and hours, such as `1y5m7d2h`',
  'canned ACL': 'name of a canned ACL',
  choice: 'one of',
  concurrency: 'a whole number from 1 to 64',
  count: 'a whole number, 1 or more, or `unlimited`',
  'customer key': '32 bytes in base64',
  days: 'a number of days',
  duration: 'a duration, such as `90s` or `10m`',
  'external ID': '2 to 1,224 letters, digits and characters of `_+=,.@:/-`',
  'file path': 'path of a file; `~` and `$NAME` are expanded',
  folder: 'a folder in the workspace',
  globs: 'lines of keys, in which `*`, `?` and `**` may stand',
  keys: 'keys of objects, one a line',
  'KMS key': 'ID, alias or ARN of a KMS key',
  list: 'a list of texts, such as `["a", "b"]`',
  map: 'a map of texts, such as `{ a = "b" }`',
  programs: 'names of programs, one a line',
  policy: 'an IAM policy, as JSON',
  proxy: 'address of an HTTP proxy, such as `http://proxy.example.com:3128`',
  prefix: 'a path that does not start with `/`',
  region: 'a region, such as `us-east-1`',
  'role ARN': 'ARN of an IAM role',
  'role duration': 'a duration from `15m` to `12h`',
  'session name': '2 to 64 letters, digits and characters of `_+=,.@-`',
  snapshot:
    '`latest`, `latest-verified`, `serial:42`, `before:2026-11-22T01:15:00Z`, or the key of a snapshot',
  'state key': 'a path without `/` at its beginning and end',
  'table name': 'name or ARN of a DynamoDB table',
  snapshots: 'two snapshots, as `<from>..<to>` or on two lines',
  tags: 'lines of `name=value`',
  text: 'text',
  unheld: 'lines of `<bucket>/<state path>`, or of a backend type',
  url: 'a URL, such as `https://s3.example.com`',
  'web address': 'a URL of the web',
  'web identity token': '4 to 20,000 characters',
  'whole number': 'a whole number, 0 or more',
  word: 'one word',
  'workspace name': 'name of a workspace',
  'workspace prefix': 'a path without `/` at its beginning and end',
} as const;

export type InputType = keyof typeof INPUT_TYPES;

export type InputRows = Readonly<Record<string, InputRow>>;
