import { parseAccounts } from './accounts.js';
import { accountInputs } from './attributes/accounts.js';
import { backendInputs } from './attributes/backend.js';
import { backupInputs } from './attributes/backup.js';
import { credentialInputs } from './attributes/credentials.js';
import { encryptionInputs } from './attributes/encryption.js';
import { processInputs, workspaceInputs } from './attributes/job.js';
import { lockingInputs } from './attributes/locking.js';
import { lookupInputs } from './attributes/lookup.js';
import { roleInputs } from './attributes/roles.js';
import { proxyVariables } from './attributes/variables.js';
import { TOPICS } from './attributes.js';
import { parseBackend } from './backend.js';
import { parseBackup, parseSnapshotPlace } from './backup.js';
import { ConfigError } from './config-error.js';
import { parseCredentials } from './credentials.js';
import { parseEncryption } from './encryption.js';
import type { Environment } from './environment.js';
import { type InputDeclarations, InputReader, secretTexts } from './input-reader.js';
import { parseLockChoice, parseLocking } from './locking.js';
import { parseLookup } from './lookup.js';
import { placementProblems } from './placement.js';
import { parseProcesses } from './processes.js';
import { parseProxies, proxySecretsIn } from './proxies.js';
import type { Places, Settings } from './settings.js';
import { asInputs, type BackendConfig } from './sources/backend-config.js';
import { unfollowedVariables } from './unfollowed-variables.js';
import { parseWorkingDirectory, parseWorkspace } from './workspace.js';

/** Where files of the user are. */
interface Options {
  /** Where `~` leads in the path of a credentials file. */
  readonly homeDir: string;
  /** What the input `backend_config` says; as if it said nothing unless given. */
  readonly backendConfig?: BackendConfig;
}

/**
 * What the inputs and the environment of the root action ask for.
 *
 * @param env The process environment, `INPUT_*` included.
 * @throws {ConfigError} with everything that is wrong, not with the first fault alone
 */
export function parseSettings(env: Environment, options: Options): Settings {
  const problems = [...(options.backendConfig?.problems ?? [])];
  const read = readerOf(env, problems, options);
  const { backend, workspaceKeyPrefix, ...identity } = parseState(env, options, read);
  const locking = parseLocking(read(lockingInputs));
  const backup = parseBackup(read(backupInputs), backend);
  const processes = parseProcesses(read(processInputs));
  const workspace = parseWorkspace(read(workspaceInputs), env);
  const proxies = parseProxies(read(proxyVariables));
  problems.push(...unfollowedVariables(environmentOf(env, options)).problems);
  problems.push(...placementProblems({ backend, workspaceKeyPrefix, locking, backup }));

  if (problems.length > 0) throw new ConfigError(problems);
  return { backend, ...identity, locking, backup, processes, workspace, proxies };
}

/**
 * What the inputs and the environment of an action say that only looks, as `inspect`.
 *
 * @param env As for {@link parseSettings}.
 * @throws As {@link parseSettings}.
 */
export function parsePlaces(env: Environment, options: Options): Places {
  const problems = [...(options.backendConfig?.problems ?? [])];
  const read = readerOf(env, problems, options);
  const { backend, workspaceKeyPrefix: _, ...identity } = parseState(env, options, read);
  parseWorkingDirectory(read(workspaceInputs), env);
  const locking = parseLockChoice(read(lockingInputs));
  const backup = parseSnapshotPlace(read(backupInputs), backend);
  const proxies = parseProxies(read(proxyVariables));
  problems.push(...unfollowedVariables(environmentOf(env, options)).problems);

  if (problems.length > 0) throw new ConfigError(problems);
  return { backend, ...identity, locking, backup, proxies };
}

type Read = <D extends InputDeclarations>(slice: D) => InputReader<D>;

const readerOf =
  (env: Environment, problems: string[], { backendConfig }: Options): Read =>
  (slice) =>
    new InputReader(env, slice, problems, backendConfig);

const environmentOf = (env: Environment, { backendConfig }: Options) =>
  backendConfig ? asInputs(env, backendConfig) : env;

/** Where the state is, and who asks for it. */
function parseState(env: Environment, { homeDir, backendConfig }: Options, read: Read) {
  const { backend, workspaceKeyPrefix } = parseBackend(read(backendInputs));
  const encryption = parseEncryption(read(encryptionInputs));
  const context = { homeDir, env, folder: backendConfig?.folder };
  const readers = { inputs: read(credentialInputs), roles: read(roleInputs) };
  const credentials = parseCredentials(readers, context);
  const lookup = parseLookup(read(lookupInputs), backend.region, context);
  const accounts = parseAccounts(read(accountInputs));
  return { backend: { ...backend, encryption }, workspaceKeyPrefix, credentials, lookup, accounts };
}

/**
 * What must be masked before anything else is done with the inputs: the secrets among those of any action, and the environment
 * variables that stand in for them, used or not.
 */
export function secretsIn(env: Environment): string[] {
  const texts = TOPICS.flatMap(({ inputs }) => secretTexts(env, inputs));
  return [...new Set([...texts, ...proxySecretsIn(env)])];
}
