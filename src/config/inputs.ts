import { parseAccounts } from './accounts.js';
import { accountInputs } from './attributes/accounts.js';
import { backendInputs } from './attributes/backend.js';
import { backupInputs } from './attributes/backup.js';
import { backupRunInputs } from './attributes/backup-run.js';
import { credentialInputs } from './attributes/credentials.js';
import { elsewhereInputs } from './attributes/elsewhere.js';
import { encryptionInputs } from './attributes/encryption.js';
import { inspectionInputs } from './attributes/inspection.js';
import { processInputs, workspaceInputs } from './attributes/job.js';
import { lockingInputs } from './attributes/locking.js';
import { lookupInputs } from './attributes/lookup.js';
import { reachInputs, sdkVariables } from './attributes/reach.js';
import { restoreInputs } from './attributes/restore.js';
import { roleInputs } from './attributes/roles.js';
import { verifyInputs } from './attributes/verify.js';
import { TOPICS } from './attributes.js';
import { parseStateBucket, parseStatePath, parseWorkspaceKeyPrefix } from './backend.js';
import { parseBackup, parseSnapshotPlace } from './backup.js';
import { parseBackupRun, parseConcurrency } from './backup-run.js';
import { ConfigError } from './config-error.js';
import { refuseSdkEndpoints, type Sources, sourcesOf } from './configured-endpoints.js';
import { parseCredentials } from './credentials.js';
import { parseSnapshotKeeping } from './elsewhere.js';
import { parseEncryption } from './encryption.js';
import type { Environment } from './environment.js';
import { type InputDeclarations, InputReader, secretTexts } from './input-reader.js';
import { parseInspection } from './inspection.js';
import { parseKeyGlobs } from './key-globs.js';
import { parseLockChoice, parseLocking } from './locking.js';
import { parseLookup } from './lookup.js';
import { type Folders, isSameBucket, placementProblems, workspaceOverlap } from './placement.js';
import { parseProcesses } from './processes.js';
import { proxySecretsIn } from './proxies.js';
import { parseReach } from './reach.js';
import { parseRestoreChoice } from './restore.js';
import { parseRetention } from './retention.js';
import type {
  Backend,
  BackupSettings,
  BucketPlaces,
  InspectPlaces,
  Places,
  RestoreSettings,
  Settings,
  StatesPlaces,
  VerifySettings,
} from './settings.js';
import type { SharedProfile } from './shared-profile.js';
import type { BackendConfig } from './sources/backend-config.js';
import type { ConfigFiles } from './sources/config-files.js';
import { parseVerification } from './verify.js';
import { parseWorkingDirectory, parseWorkspace } from './workspace.js';

/** Where files of the user are. */
interface Options {
  /** Where `~` leads in the path of a credentials file. */
  readonly homeDir: string;
  /** What the input `backend_config` says; as if it said nothing unless given. */
  readonly backendConfig?: BackendConfig;
  /** What AWS's shared configuration says; nothing unless given. */
  readonly profile?: SharedProfile;
  /** That of `custom_ca_bundle` among them; none can be read unless given. */
  readonly files?: Pick<ConfigFiles, 'read'>;
}

/**
 * What the inputs and the environment of the root action ask for.
 *
 * @param env The process environment, `INPUT_*` included.
 * @throws {ConfigError} with everything that is wrong, not with the first fault alone
 */
export function parseSettings(env: Environment, options: Options): Settings {
  const problems = [...(options.backendConfig?.problems ?? [])];
  const sources = sourcesOf(env, options, problems);
  const read = readerOf(sources, problems);
  const way = parseWay(env, options, read);
  const { state, workspaceKeyPrefix } = parseState(read);
  const backend: Backend = { ...way.backend, ...state };
  const locking = parseLocking(read(lockingInputs));
  refuseSdkEndpoints(sources, { reach: way.reach, lock: locking.lock }, problems);
  const backup = parseBackup(read(backupInputs), backend);
  const processes = parseProcesses(read(processInputs));
  const workspace = parseWorkspace(read(workspaceInputs), env);
  problems.push(...placementProblems({ backend, workspaceKeyPrefix, locking, backup }));

  if (problems.length > 0) throw new ConfigError(problems);
  return { ...way, backend, locking, backup, processes, workspace };
}

/**
 * What the inputs and the environment of an action say that only looks at a state.
 *
 * @param env As for {@link parseSettings}.
 * @throws As {@link parseSettings}.
 */
export function parsePlaces(env: Environment, options: Options): Places {
  const problems = [...(options.backendConfig?.problems ?? [])];
  const sources = sourcesOf(env, options, problems);
  const read = readerOf(sources, problems);
  const places = parseBucketPlaces({ env, options, read, sources, problems });
  const { state } = parseState(read);

  if (problems.length > 0) throw new ConfigError(problems);
  return { ...places, backend: { ...places.backend, ...state } };
}

/**
 * What the inputs and the environment of `inspect` say.
 *
 * @param env As for {@link parseSettings}.
 * @throws As {@link parseSettings}.
 */
export function parseInspectPlaces(env: Environment, options: Options): InspectPlaces {
  const problems = [...(options.backendConfig?.problems ?? [])];
  const sources = sourcesOf(env, options, problems);
  const read = readerOf(sources, problems);
  const places = parseBucketPlaces({ env, options, read, sources, problems });
  const { state } = parseState(read);
  const inspection = parseInspection(read(inspectionInputs));

  if (problems.length > 0) throw new ConfigError(problems);
  return { ...places, backend: { ...places.backend, ...state }, inspection };
}

/**
 * What the inputs and the environment of an action say that goes through all states of a bucket, as `backup`.
 *
 * @param env As for {@link parseSettings}.
 * @throws As {@link parseSettings}.
 */
export function parseStatesPlaces(env: Environment, options: Options): StatesPlaces {
  return statesParsed({ env, options }, () => ({}));
}

/**
 * The same, and what else the inputs of `backup` say.
 *
 * @param env As for {@link parseSettings}.
 * @throws As {@link parseSettings}.
 */
export function parseBackupSettings(env: Environment, options: Options): BackupSettings {
  return statesParsed({ env, options }, (read) => {
    const retention = parseRetention(read(backupInputs));
    return { run: parseBackupRun(read(backupRunInputs)), ...(retention && { retention }) };
  });
}

/**
 * The same, and what else the inputs of `verify` say.
 *
 * @param env As for {@link parseSettings}.
 * @throws As {@link parseSettings}.
 */
export function parseVerifySettings(env: Environment, options: Options): VerifySettings {
  return statesParsed({ env, options }, (read, { problems, folders }) => {
    const concurrency = parseConcurrency(read(backupRunInputs));
    const verification = { ...parseVerification(read(verifyInputs)), concurrency };
    // A drill writes below the backup prefix, in the states' bucket.
    const drills = { ...folders, backup: { ...folders.backend, prefix: folders.backup.prefix } };
    const isApart = !verification.drill || isSameBucket(folders.backup, folders.backend);
    const overlap = isApart ? undefined : workspaceOverlap(drills);
    if (overlap !== undefined) problems.push(overlap);
    return { verification };
  });
}

/** What is known when the rest is parsed. */
interface StatesParsing {
  readonly problems: string[];
  readonly folders: Folders;
}

function statesParsed<More>(
  { env, options }: Pick<Parsing, 'env' | 'options'>,
  more: (read: Read, parsing: StatesParsing) => More,
): StatesPlaces & More {
  const problems = [...(options.backendConfig?.problems ?? [])];
  const sources = sourcesOf(env, options, problems);
  const read = readerOf(sources, problems);
  const places = parseBucketPlaces({ env, options, read, sources, problems });
  const workspaceKeyPrefix = parseWorkspaceKeyPrefix(read(backendInputs));
  const folders = { backend: places.backend, backup: places.backup, workspaceKeyPrefix };
  const overlap = workspaceOverlap(folders);
  if (overlap !== undefined) problems.push(overlap);
  const keys = parseKeyGlobs(read(backupInputs));
  const others = more(read, { problems, folders });

  if (problems.length > 0) throw new ConfigError(problems);
  return { ...places, keys, ...others };
}

/**
 * What the inputs and the environment of `restore` ask for. Its lock is always Terraform's own: Terraform must not write
 * the state while it is being replaced.
 *
 * @param env As for {@link parseSettings}.
 * @throws As {@link parseSettings}.
 */
export function parseRestoreSettings(env: Environment, options: Options): RestoreSettings {
  const problems = [...(options.backendConfig?.problems ?? [])];
  const sources = sourcesOf(env, options, problems);
  const read = readerOf(sources, problems);
  const places = parseBucketPlaces({ env, options, read, sources, problems });
  const { state, workspaceKeyPrefix } = parseState(read);
  const backend: Backend = { ...places.backend, ...state };
  const { lock, timeoutMs } = parseLocking(read(lockingInputs));
  const locking = { lock, timeoutMs, scope: { kind: 'state', terraformLockFlag: false } } as const;
  const restore = parseRestoreChoice({ inputs: read(restoreInputs), run: read(backupRunInputs) });
  const backup = { ...places.backup, phases: ['before'] } as const;
  problems.push(...placementProblems({ backend, workspaceKeyPrefix, locking, backup }));

  if (problems.length > 0) throw new ConfigError(problems);
  return { ...places, backend, locking, restore };
}

interface Parsing {
  readonly env: Environment;
  readonly options: Options;
  readonly read: Read;
  readonly sources: Sources;
  readonly problems: string[];
}

function parseBucketPlaces({ env, options, read, sources, problems }: Parsing): BucketPlaces {
  const way = parseWay(env, options, read);
  parseWorkingDirectory(read(workspaceInputs), env);
  const locking = parseLockChoice(read(lockingInputs));
  refuseSdkEndpoints(sources, { reach: way.reach, lock: locking.lock }, problems);
  const place = parseSnapshotPlace(read(backupInputs), way.backend);
  return { ...way, locking, backup: { ...place, ...parseSnapshotKeeping(read(elsewhereInputs), env) } };
}

type Read = <D extends InputDeclarations>(slice: D) => InputReader<D>;

const readerOf =
  ({ env, elsewhere }: Sources, problems: string[]): Read =>
  (slice) =>
    new InputReader(env, slice, problems, elsewhere);

const NO_FILES: Pick<ConfigFiles, 'read'> = { read: () => undefined };

/** Which state is meant. */
function parseState(read: Read) {
  const inputs = read(backendInputs);
  const workspaceKeyPrefix = parseWorkspaceKeyPrefix(inputs);
  return { state: parseStatePath(inputs, workspaceKeyPrefix), workspaceKeyPrefix };
}

/** Where states are, who asks for them, and by which way. */
function parseWay(env: Environment, { homeDir, backendConfig, files = NO_FILES }: Options, read: Read) {
  const paths = { homeDir, env, folder: backendConfig?.folder };
  const backend = parseStateBucket({ inputs: read(backendInputs), sdk: read(sdkVariables) });
  const encryption = parseEncryption(read(encryptionInputs));
  const readers = { inputs: read(credentialInputs), roles: read(roleInputs) };
  const credentials = parseCredentials(readers, paths);
  const lookup = parseLookup(read(lookupInputs), backend.region, paths);
  const reach = parseReach(read(reachInputs), { ...paths, files });
  const accounts = parseAccounts(read(accountInputs));
  return { backend: { ...backend, encryption }, credentials, lookup, accounts, reach };
}

/**
 * What must be masked before anything else is done with the inputs: the secrets among those of any action, and the environment
 * variables that stand in for them, used or not.
 */
export function secretsIn(env: Environment): string[] {
  const rows = TOPICS.flatMap(({ inputs }) => Object.entries(inputs));
  // Of the address of a proxy, only the login is one.
  const whole = Object.fromEntries(rows.filter(([, { type }]) => type !== 'proxy'));
  const texts = secretTexts(env, whole);
  return [...new Set([...texts, ...proxySecretsIn(env)])];
}
