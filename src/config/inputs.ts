import { backendInputs, parseBackend } from './backend.js';
import { backupInputs, parseBackup } from './backup.js';
import { ConfigError } from './config-error.js';
import { credentialInputs, parseCredentials } from './credentials.js';
import { encryptionInputs, parseEncryption } from './encryption.js';
import type { Environment } from './environment.js';
import { githubTokenInputs } from './github-token.js';
import { type InputDeclarations, InputReader, secretTexts } from './input-reader.js';
import { jobStatusInputs } from './job-status.js';
import { lockingInputs, parseLocking } from './locking.js';
import { placementProblems } from './placement.js';
import { parseProcesses, processInputs } from './processes.js';
import { parseProxies, proxySecretsIn, proxyVariables } from './proxies.js';
import type { Settings } from './settings.js';
import { parseWorkspace, workspaceInputs } from './workspace.js';

/** Every input of the root action, by its name. */
export const rootInputs: InputDeclarations = {
  ...backendInputs,
  ...encryptionInputs,
  ...credentialInputs,
  ...lockingInputs,
  ...backupInputs,
  ...processInputs,
  ...workspaceInputs,
  ...githubTokenInputs,
  ...jobStatusInputs,
};

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
  problems.push(...placementProblems({ backend, workspaceKeyPrefix, locking, backup }));

  if (problems.length > 0) throw new ConfigError(problems);
  return { backend, credentials, locking, backup, processes, workspace, proxies };
}

/**
 * What must be masked before anything else is done with the inputs: the secrets among them, and the environment
 * variables that stand in for them, used or not.
 */
export function secretsIn(env: Environment): string[] {
  return [...secretTexts(env, rootInputs), ...proxySecretsIn(env)];
}
