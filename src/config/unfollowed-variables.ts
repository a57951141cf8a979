import { VARIABLES, type VariableRow } from './attributes/variables.js';
import type { Environment } from './environment.js';

/** What the environment says to Terraform and not to us, in sentences. */
export interface UnfollowedVariables {
  /** We work on the same place all the same. */
  readonly warnings: readonly string[];
  /** We could work on another place. */
  readonly problems: readonly string[];
}

/** The variables that are set, that Terraform follows, and that are not followed here. */
export function unfollowedVariables(env: Environment): UnfollowedVariables {
  const told = Object.entries(VARIABLES).flatMap(([name, row]) => (counts(name, row, env) ? [row] : []));
  return {
    warnings: told.flatMap((row) => (row.environment === 'warn' ? [row.says] : [])),
    problems: told.flatMap((row) => (row.environment === 'refuse' ? [row.says] : [])),
  };
}

function counts(name: string, row: VariableRow, env: Environment): boolean {
  const value = textOf(env, name);
  if (value === '' || row.environment === 'followed' || row.environment === 'without-effect') return false;
  const { onlyTrue, onlyWith, unless = [] } = row;
  if (onlyTrue && value.toLowerCase() !== 'true') return false;
  if (onlyWith !== undefined && textOf(env, onlyWith) === '') return false;
  return unless.every((other) => textOf(env, other) === '');
}

const textOf = (env: Environment, name: string) => (env[name] ?? '').trim();
