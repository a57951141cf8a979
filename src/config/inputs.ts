import { backendInputs } from './attributes/backend.js';
import { backupInputs } from './attributes/backup.js';
import { credentialInputs } from './attributes/credentials.js';
import { encryptionInputs } from './attributes/encryption.js';
import { processInputs, workspaceInputs } from './attributes/job.js';
import { lockingInputs } from './attributes/locking.js';
import { proxyVariables } from './attributes/variables.js';
import { inputsOf } from './attributes.js';
import { parseBackend } from './backend.js';
import { parseBackup } from './backup.js';
import { ConfigError } from './config-error.js';
import { parseCredentials } from './credentials.js';
import { parseEncryption } from './encryption.js';
import type { Environment } from './environment.js';
import { type InputDeclarations, InputReader, secretTexts } from './input-reader.js';
import { parseLocking } from './locking.js';
import { placementProblems } from './placement.js';
import { parseProcesses } from './processes.js';
import { parseProxies, proxySecretsIn } from './proxies.js';
import type { Settings } from './settings.js';
import { unfollowedVariables } from './unfollowed-variables.js';
import { parseWorkspace } from './workspace.js';

/**
 * What the inputs and the environment of the root action ask for.
 * @param env - the process environment, `INPUT_*` included
 * @param options.homeDir - where `~` leads in the path of a credentials file
 * @throws {ConfigError} with everything that is wrong, not with the first fault alone
 */
export function parseSettings(env: Environment, { homeDir }: { homeDir: string }): Settings {
  const problems: string[] = [];
  const read = <D extends InputDeclarations>(slice: D) => new InputReader(env, slice, problems);

  const { backend: place, workspaceKeyPrefix } = parseBackend(read(backendInputs));
  const backend = { ...place, encryption: parseEncryption(read(encryptionInputs)) };
  const credentials = parseCredentials(read(credentialInputs), { homeDir, env });
  const locking = parseLocking(read(lockingInputs));
  const backup = parseBackup(read(backupInputs), backend);
  const processes = parseProcesses(read(processInputs));
  const workspace = parseWorkspace(read(workspaceInputs), env);
  const proxies = parseProxies(read(proxyVariables));
  problems.push(...unfollowedVariables(env, credentials).problems);
  problems.push(...placementProblems({ backend, workspaceKeyPrefix, locking, backup }));

  if (problems.length > 0) throw new ConfigError(problems);
  return { backend, credentials, locking, backup, processes, workspace, proxies };
}

/**
 * What must be masked before anything else is done with the inputs: the secrets among them, and the environment
 * variables that stand in for them, used or not.
 */
export function secretsIn(env: Environment): string[] {
  return [...secretTexts(env, inputsOf('root')), ...proxySecretsIn(env)];
}
