import type { ActionName, INPUT_TYPES, InputRow, InputType } from '../attributes/row.js';
import { inputsOf, TOPICS } from '../attributes.js';

/** Actions that are commands too. */
export type CommandName = Exclude<ActionName, 'root'>;

/** An input of an action, as a command takes it. */
export interface Flag {
  /** With its dashes: `--lock-timeout`. */
  readonly flag: string;
  /** Of the input: `lock_timeout`. */
  readonly name: string;
  readonly row: InputRow;
  /** Under which it is documented. */
  readonly topic: string;
}

/** An input that no flag gives: whoever may list the processes of a machine sees their arguments. */
export interface SecretFlag {
  readonly flag: string;
  readonly name: string;
  /** The variables that give it instead; at least one. */
  readonly variables: readonly string[];
  /** Whether the variable is of this command line alone, and not one that the input falls back on. */
  readonly isOurs: boolean;
}

/** Whose lines a flag gives one by one, so that it may be given more than once. */
const LINES: readonly InputType[] = ['backend config', 'globs', 'programs', 'snapshots', 'unheld'];

export const isGivenInLines = ({ type }: InputRow) => LINES.includes(type);

/** What a job alone has: its ID token, and what the runner fills in. */
const isOfJob = (name: string, { expression }: InputRow) =>
  expression !== undefined || name === 'oidc_role_arn';

export const flagOf = (name: string) => `--${name.replaceAll('_', '-')}`;

/** Every flag of a command, in the order of documentation. */
export function flagsOf(command: CommandName): readonly Flag[] {
  return TOPICS.flatMap(({ title, inputs }) =>
    Object.entries(inputs)
      .filter(([name, row]) => row.actions.includes(command) && !row.secret && !isOfJob(name, row))
      .map(([name, row]) => ({ flag: flagOf(name), name, row, topic: title })),
  );
}

/** The inputs of a command that come from the environment alone. */
export function secretFlagsOf(command: CommandName): readonly SecretFlag[] {
  return Object.entries(inputsOf(command))
    .filter(([name, row]) => row.secret && !isOfJob(name, row))
    .map(([name, { environment = [] }]) => ({
      flag: flagOf(name),
      name,
      variables: environment.length > 0 ? environment : [ownVariable(name)],
      isOurs: environment.length === 0,
    }));
}

/** Of a secret that is ours alone, and so has no variable that another tool reads. */
const ownVariable = (name: string) => `LOCKKEEPER_${name.toUpperCase()}`;

/** What follows the flag in a line of help; undefined for one that stands alone. */
export function valueWords({ row }: Flag): string | undefined {
  if (row.type === 'boolean') return undefined;
  const choices = row.choices?.join('|');
  return choices !== undefined && choices.length <= LONGEST_CHOICES
    ? choices
    : (VALUE_WORDS[row.type] ?? row.type);
}

/** More of them stand in no line of help. */
const LONGEST_CHOICES = 40;

/** Of types whose name is no word for a value. */
const VALUE_WORDS: Partial<Record<keyof typeof INPUT_TYPES, string>> = {
  'backend config': 'file|name=value',
  globs: 'key',
  programs: 'name',
  snapshots: 'from..to',
  unheld: 'bucket/path',
  'whole number': 'number',
};

/**
 * A sentence about inputs as it is about flags: `input "lock_timeout"` becomes `--lock-timeout`, and `"lock_timeout: 5m"`
 * becomes `--lock-timeout 5m`. What is quoted of a value has its quotes escaped, and is left as it is.
 */
export function inFlags(sentence: string, flags: readonly Flag[]): string {
  const names = new Set(flags.map(({ name }) => name));
  const asFlag = (whole: string, name: string) => (names.has(name) ? flagOf(name) : whole);
  const asGiven = (whole: string, name: string, value: string) => {
    const flag = flags.find((each) => each.name === name);
    return flag ? givenAs(flag, value) : whole;
  };
  return sentence
    .replaceAll(/\b[Ii]nput "(\w+)"/g, asFlag)
    .replaceAll(/(?<!\\)"(\w+): ([\w./:@+=-]+)"/g, asGiven);
}

/** For values that no shell takes for more than a word. */
function givenAs({ flag, row }: Flag, value: string): string {
  if (row.type !== 'boolean') return `${flag} ${value}`;
  return value === 'true' ? flag : `--no-${flag.slice('--'.length)}`;
}
