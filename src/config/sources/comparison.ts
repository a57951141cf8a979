import { backendInputs } from '../attributes/backend.js';
import { lockingInputs } from '../attributes/locking.js';
import type { InputRows } from '../attributes/row.js';
import type { Environment } from '../environment.js';
import { type Given, InputReader } from '../input-reader.js';
import { sameStore } from '../placement.js';
import { quote } from '../quoting.js';

type Compared = keyof typeof backendInputs | keyof typeof lockingInputs;

type Values = ReadonlyMap<string, Given>;

const ROWS: InputRows = { ...backendInputs, ...lockingInputs };

/** What decides which state it is and how it is locked, and when a text of ours leads to the same as one of theirs. */
const SAME: readonly (readonly [name: Compared, same: (ours: string, theirs: string) => boolean])[] = [
  ['bucket', equal],
  ['key', equal],
  ['workspace', equal],
  ['workspace_key_prefix', equal],
  ['region', equal],
  ['endpoint', sameUrl],
  ['dynamodb_endpoint', sameUrl],
  ['dynamodb_table', (ours, theirs) => nameOfTable(ours) === nameOfTable(theirs)],
  // Whoever takes more locks than Terraform keeps it out too.
  ['use_lockfile', (ours, theirs) => theirs === 'false' || ours.toLowerCase() === 'true'],
];

/** Of a lock beside Terraform's, it does not matter how Terraform locks. */
const ONLY_TERRAFORMS_LOCK: readonly Compared[] = ['dynamodb_table', 'use_lockfile'];

/**
 * In what a configuration differs from what was given here: a whole sentence for each. What one of the two leaves open is
 * no difference, for the environment may say it, or the command line of `init`.
 *
 * @param theirs By the names of inputs.
 * @param settled What `backend_config` says, and so `init` is told too.
 */
export function differencesFrom(theirs: Values, env: Environment, settled: Values): string[] {
  const ours = new InputReader(env, ROWS, [], { backendConfig: { values: settled, problems: [] } });
  const ignored = ours.given('lock_scope')?.text === 'pipeline' ? ONLY_TERRAFORMS_LOCK : [];
  return SAME.flatMap(([name, same]) => {
    const their = theirs.get(name);
    if (their === undefined || settled.has(name) || ignored.includes(name)) return [];
    const given = ours.given(name);
    if (same(given?.text ?? ROWS[name]?.fallback ?? '', their.text)) return [];
    const here = given
      ? `${given.place} is ${quote(given.text)}`
      : `"${name}" is not set here, by an input or the environment`;
    return [`${capital(their.place)} is ${quote(their.text)}, but ${here}.`];
  });
}

function equal(ours: string, theirs: string): boolean {
  return ours === theirs;
}

function sameUrl(ours: string, theirs: string): boolean {
  if (!URL.canParse(ours) || !URL.canParse(theirs)) return ours === theirs;
  return sameStore(ours, theirs);
}

/** Its ARN is a name too. */
const nameOfTable = (table: string) => table.replace(/^arn:.*:table\//, '');

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
