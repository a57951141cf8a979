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

/**
 * The variables that keep Terraform from asking for the lock that the job holds already.
 *
 * The flag is appended, since the last one wins. The bare `TF_CLI_ARGS` would break every command without it.
 *
 * @param environment What the variables are set to now.
 * @see https://developer.hashicorp.com/terraform/cli/config/environment-variables#tf_cli_args-and-tf_cli_args_name
 */
export function lockFlagVariables(
  environment: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const entries = LOCKING_COMMANDS.map((command) => {
    const name = `TF_CLI_ARGS_${command}`;
    const present = environment[name] ?? '';
    const ends = present === FLAG || present.endsWith(` ${FLAG}`);
    return [name, ends ? present : `${present} ${FLAG}`.trim()];
  });
  return Object.fromEntries(entries);
}
