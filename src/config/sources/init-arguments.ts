import type { Environment } from '../environment.js';
import { splitShellWords } from '../shell-words.js';
import { argumentOf, type ConfigArgument } from './lines.js';

/** Where `init` looks for flags beside its command line. Only those of `-backend-config` say where the state is. */
export const INIT_VARIABLE = 'TF_CLI_ARGS_init';

export interface InitArguments {
  readonly given: readonly ConfigArgument[];
  /** Whole sentences. */
  readonly problems: readonly string[];
}

/**
 * The values of `-backend-config` in the environment.
 *
 * @see https://developer.hashicorp.com/terraform/cli/config/environment-variables#tf_cli_args-and-tf_cli_args_name
 */
export function initArguments(env: Environment): InitArguments {
  const reading = splitShellWords(env[INIT_VARIABLE] ?? '');
  if (reading.kind === 'unreadable') {
    const problem = `The environment variable "${INIT_VARIABLE}" must be what Terraform reads as a whole, and ${reading.because}.`;
    return { given: [], problems: [problem] };
  }
  const texts = reading.words.flatMap((word, index, words) => {
    const [flag, text] = /^--?backend-config(?:=(.*))?$/s.exec(word) ?? [];
    return flag === undefined ? [] : [text ?? words[index + 1] ?? ''];
  });
  return { given: texts.filter((text) => text !== '').map(argumentOf), problems: [] };
}
