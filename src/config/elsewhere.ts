import type { elsewhereInputs } from './attributes/elsewhere.js';
import type { Environment } from './environment.js';
import { type Format, oneOf, word } from './formats.js';
import type { InputReader } from './input-reader.js';
import { quote } from './quoting.js';
import { roleArn } from './role-formats.js';
import { DEFAULT_SECONDS, sessionOfRun } from './roles.js';
import type { ObjectLockRule, SnapshotKeeping, SnapshotSigner, StorageClass } from './settings.js';

type Reader = InputReader<typeof elsewhereInputs>;

/** Who asks for the snapshots, and how their objects are written. */
export function parseSnapshotKeeping(inputs: Reader, env: Environment): SnapshotKeeping {
  const signer = parseSigner(inputs, env);
  const objectLock = parseObjectLock(inputs);
  const storageClass = inputs.read('backup_storage_class', storageClasses);
  const tags = inputs.read('backup_tags', tagLines);
  return {
    ...(signer && { signer }),
    ...(objectLock && { objectLock }),
    ...(storageClass && { storageClass }),
    ...(tags && { tags }),
  };
}

const KEYS = ['backup_access_key', 'backup_secret_key'] as const;

function parseSigner(inputs: Reader, env: Environment): SnapshotSigner | undefined {
  const given = ([...KEYS, 'backup_token'] as const).filter((name) => inputs.given(name));
  const arn = inputs.read('backup_role_arn', roleArn);
  const keys = {
    accessKeyId: inputs.read('backup_access_key', word) ?? '',
    secretAccessKey: inputs.read('backup_secret_key', word) ?? '',
    sessionToken: inputs.read('backup_token', word),
  };
  if (given[0] === undefined) {
    if (arn === undefined) return undefined;
    const role = { arn, sessionName: sessionOfRun(env), durationSeconds: DEFAULT_SECONDS };
    return { kind: 'role', role };
  }
  if (inputs.given('backup_role_arn'))
    inputs.report(
      `Inputs "backup_role_arn" and "${given[0]}" must not both be given: each says who asks for the snapshots.`,
    );
  for (const missing of KEYS.filter((name) => !inputs.given(name)))
    inputs.report(`Input "${missing}" is required with "${given[0]}".`);
  return { kind: 'keys', ...keys };
}

function parseObjectLock(inputs: Reader): ObjectLockRule | undefined {
  const mode = inputs.read('backup_object_lock_mode', lockModes);
  const retainDays = inputs.read('backup_retain_days', days);
  const [hasMode, hasDays] = [inputs.given('backup_object_lock_mode'), inputs.given('backup_retain_days')];
  if (hasMode && !hasDays)
    inputs.report('Input "backup_retain_days" is required with "backup_object_lock_mode".');
  if (hasDays && !hasMode)
    inputs.report('Input "backup_object_lock_mode" is required with "backup_retain_days".');
  return mode && retainDays ? { mode, retainDays } : undefined;
}

const lockModes = oneOf<ObjectLockRule['mode']>({ governance: 'GOVERNANCE', compliance: 'COMPLIANCE' });

/** Those from which an object can be read at once: a restore must not wait for hours. */
const storageClasses = oneOf<StorageClass>({
  STANDARD: 'STANDARD',
  STANDARD_IA: 'STANDARD_IA',
  ONEZONE_IA: 'ONEZONE_IA',
  INTELLIGENT_TIERING: 'INTELLIGENT_TIERING',
  GLACIER_IR: 'GLACIER_IR',
});

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-managing.html: 100 years at most */
const days: Format<number> = (text) => {
  const value = Number(text);
  return /^\d+$/.test(text) && value >= 1 && value <= 36_500
    ? { value }
    : { expected: 'a number of days, from 1 to 36500' };
};

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html */
const MOST_TAGS = 10;
const LONGEST = { name: 128, value: 256 };

const tagLines: Format<Readonly<Record<string, string>>> = (text) => {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const pairs = lines.map((line) => [...line.split('=', 1), line.slice(line.indexOf('=') + 1)] as const);
  const wrong = lines.find((line, index) => !isTag(line, pairs[index] ?? []));
  if (wrong !== undefined)
    return {
      expected: 'lines of "name=value", with a name of 1 to 128 characters and a value of at most 256',
      got: quote(wrong),
    };
  const tags = Object.fromEntries(pairs) as Record<string, string>;
  if (Object.keys(tags).length < lines.length) return { expected: 'lines that each have another name' };
  return lines.length <= MOST_TAGS ? { value: tags } : { expected: `at most ${MOST_TAGS} lines` };
};

function isTag(line: string, [name = '', value = '']: readonly string[]): boolean {
  const isNamed =
    line.includes('=') && name !== '' && name.length <= LONGEST.name && !name.startsWith('aws:');
  return isNamed && value.length <= LONGEST.value && /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u.test(line);
}
