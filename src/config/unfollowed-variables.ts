import { VARIABLES, type VariableRow } from './attributes/variables.js';
import type { Environment } from './environment.js';
import type { CredentialSource } from './settings.js';

/** What the environment says to Terraform and not to us, in sentences. */
export interface UnfollowedVariables {
  /** We work on the same place all the same. */
  readonly warnings: readonly string[];
  /** We could work on another place. */
  readonly problems: readonly string[];
}

/** The variables that are set, that Terraform follows, and that are not followed here. */
export function unfollowedVariables(env: Environment, credentials: CredentialSource): UnfollowedVariables {
  const told = Object.entries(VARIABLES).flatMap(([name, row]) =>
    counts(name, row, { env, credentials }) ? [row] : [],
  );
  return {
    warnings: told.flatMap((row) => (row.environment === 'warn' ? [row.says] : [])),
    problems: told.flatMap((row) => (row.environment === 'refuse' ? [row.says] : [])),
  };
}

function counts(
  name: string,
  row: VariableRow,
  { env, credentials }: { env: Environment; credentials: CredentialSource },
): boolean {
  const value = textOf(env, name);
  if (value === '' || row.environment === 'followed' || row.environment === 'without-effect') return false;
  const { concerns, unless = [], sameAs } = row;
  if (concerns === 'identity' && credentials.kind === 'keys') return false;
  if (sameAs !== undefined && textOf(env, sameAs) === value) return false;
  return unless.every((other) => textOf(env, other) === '');
}

const textOf = (env: Environment, name: string) => (env[name] ?? '').trim();
