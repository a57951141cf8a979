import { accountInputs } from './attributes/accounts.js';
import { backendInputs } from './attributes/backend.js';
import { backupInputs } from './attributes/backup.js';
import { backupRunInputs } from './attributes/backup-run.js';
import { credentialInputs } from './attributes/credentials.js';
import { elsewhereInputs } from './attributes/elsewhere.js';
import { encryptionInputs } from './attributes/encryption.js';
import { inspectionInputs } from './attributes/inspection.js';
import { githubTokenInputs, jobStatusInputs, processInputs, workspaceInputs } from './attributes/job.js';
import { lockingInputs } from './attributes/locking.js';
import { lookupInputs } from './attributes/lookup.js';
import { reachInputs } from './attributes/reach.js';
import { restoreInputs } from './attributes/restore.js';
import { roleInputs } from './attributes/roles.js';
import type { ActionName, InputRow, InputRows } from './attributes/row.js';
import { verifyInputs } from './attributes/verify.js';

/** Inputs that belong together in documentation. */
interface Topic {
  readonly title: string;
  readonly inputs: InputRows;
}

/**
 * The one table of all inputs of all actions, in the order of documentation. The rows are in `attributes/`, a file for
 * each topic; beside them, `unsupported.ts` has the attributes of Terraform and OpenTofu that are not inputs, and
 * `variables.ts` the environment variables that are not the fall-back of an input.
 */
export const TOPICS: readonly Topic[] = [
  { title: 'The state', inputs: backendInputs },
  { title: 'How AWS is reached', inputs: reachInputs },
  { title: 'Encryption', inputs: encryptionInputs },
  { title: 'Credentials', inputs: { ...credentialInputs, ...lookupInputs, ...accountInputs } },
  { title: 'Roles', inputs: roleInputs },
  { title: 'The lock', inputs: lockingInputs },
  {
    title: 'Snapshots',
    inputs: { ...backupInputs, ...elsewhereInputs, ...backupRunInputs, ...inspectionInputs },
  },
  { title: 'Restore', inputs: restoreInputs },
  { title: 'Verification', inputs: verifyInputs },
  {
    title: 'The job',
    inputs: { ...processInputs, ...workspaceInputs, ...githubTokenInputs, ...jobStatusInputs },
  },
];

/** The inputs of one action, by their names. */
export function inputsOf(action: ActionName): InputRows {
  const rows = TOPICS.flatMap(({ inputs }) => Object.entries(inputs));
  return Object.fromEntries(rows.filter(([, row]) => row.actions.includes(action)));
}

/**
 * The default of an input in `action.yml`. The runner hands a default over as if it had been given. So only an input that
 * is ours alone, and has no environment variable, has one: whatever else could say it would never be asked.
 */
export function actionDefault({ from, environment, fallback, expression }: InputRow): string | undefined {
  if (expression !== undefined) return `\${{ ${expression} }}`;
  return from === 'ours' && environment === undefined ? fallback : undefined;
}
