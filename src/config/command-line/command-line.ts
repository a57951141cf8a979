import { parseArgs } from 'node:util';
import type { Environment } from '../environment.js';
import { orList, quote } from '../quoting.js';
import { nearestName } from '../sources/nearest-name.js';
import { type CommandName, type Flag, flagsOf, isGivenInLines, secretFlagsOf } from './flags.js';

/** What somebody wrote behind the name of the program. */
export type CommandLine =
  /** Of the program as a whole unless a command is named. */
  | { readonly kind: 'help'; readonly command?: CommandName }
  | { readonly kind: 'version' }
  | { readonly kind: 'wrong'; readonly command?: CommandName; readonly problems: readonly string[] }
  | ({ readonly kind: 'command' } & Invocation);

export interface Invocation {
  readonly command: CommandName;
  /** By the names of inputs. */
  readonly inputs: Readonly<Record<string, string>>;
  /** One JSON value on standard output, and all else on the other. */
  readonly json: boolean;
  /** Nothing is asked. */
  readonly yes: boolean;
}

/** Flags that are no inputs, of every command. */
export const OWN_FLAGS = ['--json', '--yes', '--help'] as const;

/**
 * Reads a command line. All problems are told at once, a sentence each.
 *
 * @param commands Those that there are.
 */
export function parseCommandLine(args: readonly string[], commands: readonly CommandName[]): CommandLine {
  const [first, ...rest] = args;
  if (first === undefined) return { kind: 'wrong', problems: [`Say what to do: ${orList(commands)}.`] };
  if (first === '--help' || first === '-h' || first === 'help') return helpOf(rest, commands);
  if (first === '--version') return { kind: 'version' };
  const command = commands.find((name) => name === first);
  return command ? parseFlags(command, rest) : { kind: 'wrong', problems: [unknownCommand(first, commands)] };
}

function helpOf([name]: readonly string[], commands: readonly CommandName[]): CommandLine {
  const command = commands.find((each) => each === name);
  if (command || name === undefined) return { kind: 'help', command };
  return { kind: 'wrong', problems: [unknownCommand(name, commands)] };
}

function unknownCommand(name: string, commands: readonly CommandName[]): string {
  if (name.startsWith('-')) return `The command comes first, before ${quote(name)}: ${orList(commands)}.`;
  const near = nearestName(name, commands);
  const way = near === undefined ? `There is ${orList(commands)}.` : `Did you mean ${quote(near)}?`;
  return `There is no command ${quote(name)}. ${way}`;
}

/** A flag as it was written, with what stands behind it. */
interface Written {
  readonly flag: string;
  readonly value: string | undefined;
  /** By `=`: then it is a value, whatever it looks like. */
  readonly isInline: boolean;
}

function parseFlags(command: CommandName, args: readonly string[]): CommandLine {
  const flags = flagsOf(command);
  const { written, others } = readArguments(args, flags);
  if (written.some(({ flag }) => flag === '--help' || flag === '-h')) return { kind: 'help', command };
  const problems = others.map(
    (text) => `Nothing is known to do with ${quote(text)}: a value follows its flag.`,
  );
  const texts = new Map<string, string[]>();
  for (const each of written) {
    const known = flags.find(({ flag }) => flag === each.flag || negative(flag) === each.flag);
    const read = known ? textOf(each, known) : ownOrUnknown(each, command);
    if (read.kind === 'problem') problems.push(read.problem);
    else texts.set(read.name, [...(texts.get(read.name) ?? []), read.text]);
  }
  for (const { flag, name, row } of flags)
    if ((texts.get(name)?.length ?? 0) > 1 && !isGivenInLines(row))
      problems.push(`${flag} is given more than once.`);
  if (problems.length > 0) return { kind: 'wrong', command, problems };
  const inputs = flags.flatMap(({ name }) => (texts.has(name) ? [[name, texts.get(name)?.join('\n')]] : []));
  return {
    kind: 'command',
    command,
    inputs: Object.fromEntries(inputs),
    json: texts.has('--json'),
    yes: texts.has('--yes'),
  };
}

/** Without `strict`, whose messages know nothing of other flags. */
function readArguments(
  args: readonly string[],
  flags: readonly Flag[],
): { written: Written[]; others: string[] } {
  const typeOf = ({ row }: Flag) => (row.type === 'boolean' ? 'boolean' : 'string');
  const options = Object.fromEntries([
    ...OWN_FLAGS.map((flag) => [bare(flag), { type: 'boolean' }] as const),
    ...flags.map((flag) => [bare(flag.flag), { type: typeOf(flag) }] as const),
  ]);
  const { tokens } = parseArgs({ args: [...args], options, strict: false, tokens: true });
  const written: Written[] = [];
  const others: string[] = [];
  // What follows a flag that is not known may be its value, and a secret: it is not shown.
  let isAfterUnknown = false;
  for (const token of tokens) {
    if (token.kind === 'positional' && !isAfterUnknown) others.push(token.value);
    if (token.kind === 'option')
      written.push({ flag: token.rawName, value: token.value, isInline: token.inlineValue ?? false });
    isAfterUnknown = token.kind === 'option' && !(token.name in options) && !token.inlineValue;
  }
  return { written, others };
}

type Read =
  | { readonly kind: 'text'; readonly name: string; readonly text: string }
  | { readonly kind: 'problem'; readonly problem: string };

const problem = (text: string): Read => ({ kind: 'problem', problem: text });

const bare = (flag: string) => flag.slice('--'.length);
const negative = (flag: string) => `--no-${bare(flag)}`;

function textOf({ flag, value, isInline }: Written, { flag: known, name, row }: Flag): Read {
  if (row.type === 'boolean') {
    // As of a variable of a script that is not set: it would pass for no flag.
    if (flag === known && isInline && !value)
      return problem(`${flag}= has no value: write true or false behind it, or ${flag} alone.`);
    if (flag === known) return { kind: 'text', name, text: isInline ? (value ?? '') : 'true' };
    return isInline ? problem(`${flag} takes no value.`) : { kind: 'text', name, text: 'false' };
  }
  if (flag !== known) return problem(`${flag} is not taken: ${known} has a value.`);
  if (value === undefined || value === '') return problem(`${flag} needs a value.`);
  if (!isInline && value.startsWith('-'))
    return problem(
      `${flag} needs a value, and ${quote(value)} looks like a flag: if it is the value, write ${flag}=${value}.`,
    );
  return { kind: 'text', name, text: value };
}

function ownOrUnknown({ flag, value, isInline }: Written, command: CommandName): Read {
  const own = OWN_FLAGS.find((each) => each === flag);
  if (own)
    return isInline ? problem(`${flag} takes no value.`) : { kind: 'text', name: own, text: value ?? '' };
  const secret = secretFlagsOf(command).find((each) => each.flag === flag);
  if (secret) return problem(notAsFlag(flag, secret.variables));
  const near = nearestName(flag, [...flagsOf(command).map((each) => each.flag), ...OWN_FLAGS]);
  const meant =
    near === undefined ? ` "${command} --help" lists those that there are.` : ` Did you mean ${near}?`;
  return problem(`"${command}" has no flag ${quote(flag)}.${meant}`);
}

const notAsFlag = (flag: string, variables: readonly string[]) =>
  `${flag} is a secret, and whoever may list the processes of this machine sees their flags: set the environment ` +
  `variable ${orList(variables)} instead.`;

/** What is of a job or of a step, and says nothing of what is done in a terminal. */
const OF_JOB = /^(?:INPUT|STATE|GITHUB|RUNNER|ACTIONS)_/;

interface Place {
  /** Absolute: where Terraform runs. */
  readonly folder: string;
  /** For files that nobody keeps. */
  readonly temp: string;
}

/** The environment as a step of a job would have it that was given these inputs. */
export function stepEnvironment(
  env: Environment,
  { command, inputs }: Pick<Invocation, 'command' | 'inputs'>,
  { folder, temp }: Place,
): Environment {
  const own = Object.entries(env).filter(([name]) => !OF_JOB.test(name));
  const secrets = secretFlagsOf(command)
    .filter(({ isOurs }) => isOurs)
    .map(({ name, variables: [variable = ''] }) => [name, env[variable] ?? ''])
    .filter(([, text]) => text !== '');
  const given = { ...Object.fromEntries(secrets), ...inputs };
  // The folder is the workspace as well: there is no other place that files are looked for in.
  const place = 'working_directory' in inputs ? { working_directory: '.' } : {};
  return {
    ...Object.fromEntries(own),
    GITHUB_WORKSPACE: folder,
    RUNNER_TEMP: temp,
    ...Object.fromEntries(
      Object.entries({ ...given, ...place }).map(([name, text]) => [`INPUT_${name.toUpperCase()}`, text]),
    ),
  };
}
