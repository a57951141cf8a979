import { splitShellWords } from '../../config/shell-words.js';

/** The commands of Terraform and OpenTofu that lock the state, and so know the flag. */
const LOCKING_COMMANDS = [
  'apply',
  'destroy',
  'import',
  'init',
  'plan',
  'refresh',
  'taint',
  'untaint',
  'state_mv',
  'state_push',
  'state_replace_provider',
  'state_rm',
  'workspace_new',
  'workspace_delete',
] as const;

const FLAG = '-lock=false';

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * The variables that keep Terraform from asking for the lock that the job holds already: the flag, before what is there.
 * docs/decisions.md says why first, and why not in `TF_CLI_ARGS`.
 *
 * @param environment What the variables are set to now.
 * @see https://developer.hashicorp.com/terraform/cli/config/environment-variables#tf_cli_args-and-tf_cli_args_name
 */
export function lockFlagVariables(environment: Variables): Record<string, string> {
  const entries = LOCKING_COMMANDS.map((command) => {
    const name = variableOf(command);
    const present = environment[name]?.trim() ?? '';
    const begins = present === FLAG || present.startsWith(`${FLAG} `);
    return [name, begins ? present : `${FLAG} ${present}`.trim()];
  });
  return Object.fromEntries(entries);
}

/** Those to which `lockFlagVariables` adds the flag. Where it was before, it is not ours to take away. */
export function flagAdded(environment: Variables): string[] {
  const flagged = Object.entries(lockFlagVariables(environment));
  return flagged.filter(([name, value]) => value !== environment[name]?.trim()).map(([name]) => name);
}

/**
 * The variables without the flag again, for whoever comes after the lock. To Terraform an empty one is none.
 *
 * @param environment What the variables are set to now.
 * @param names Those that main has added the flag to.
 */
export function flagTakenOff(environment: Variables, names: readonly string[]): Record<string, string> {
  const entries = names.map((name) => [name, environment[name] ?? ''] as const);
  const flagged = entries.filter(([, value]) => value === FLAG || value.startsWith(`${FLAG} `));
  return Object.fromEntries(flagged.map(([name, value]) => [name, value.slice(FLAG.length).trim()]));
}

/**
 * What is in the environment already and defeats the flag, a sentence each; to be asked before anything is touched.
 *
 * The last `-lock` counts, and `TF_CLI_ARGS` comes after `TF_CLI_ARGS_command`: so one there defeats the flag in any case.
 *
 * @see https://github.com/hashicorp/terraform/blob/v1.11.4/main.go mergeEnvArgs
 */
export function lockFlagProblems(environment: Variables): string[] {
  const names = ['TF_CLI_ARGS', ...LOCKING_COMMANDS.map(variableOf)];
  return names.flatMap((name) => problemOf(name, environment[name] ?? '') ?? []);
}

function problemOf(name: string, text: string): string | undefined {
  const reading = splitShellWords(text);
  if (reading.kind === 'unreadable') {
    return (
      `The environment variable "${name}" must be what Terraform reads as a whole, and ${reading.because}. ` +
      'Quote it, or set "terraform_lock_flag: false" and pass -lock=false yourself.'
    );
  }
  const last = reading.words.findLast((word) => LOCK_FLAG.test(word));
  if (last === undefined || SWITCHED_OFF.test(last)) return undefined;
  return (
    `The environment variable "${name}" must not have "${last}": this job holds the lock, and Terraform would ask for it ` +
    'again and be refused. Remove it, or set "lock_scope: pipeline", with which each command takes its own lock.'
  );
}

const variableOf = (command: string) => `TF_CLI_ARGS_${command}`;

/** @see https://pkg.go.dev/flag#hdr-Command_line_flag_syntax */
const LOCK_FLAG = /^--?lock(?:=|$)/;
/** @see https://pkg.go.dev/strconv#ParseBool */
const SWITCHED_OFF = /=(?:0|f|F|false|FALSE|False)$/;
