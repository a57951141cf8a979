import { describe, expect, test } from '@jest/globals';
import type { LockKind, LockScope } from '../../src/config/settings.js';
import type { HeldLock } from '../../src/lock/lock.js';
import { unlockCommand, withCommandsBelow } from '../../src/words/how-to-unlock.js';
import { linked } from '../../src/words/linked-text.js';
import { lockInfo, THEIR_ID, testSettings } from '../../testing/test-data.js';

/** The command for a lock of this kind and scope. */
function commandFor(lock: LockKind, scope: LockScope, id = THEIR_ID, held: Partial<HeldLock> = {}): string {
  return unlockCommand(testSettings({ locking: { lock, scope } }), { info: lockInfo({ ID: id }), ...held });
}

const STATE: LockScope = { kind: 'state', terraformLockFlag: true };
const PIPELINE: LockScope = { kind: 'pipeline' };

const THEIRS = { info: lockInfo({ ID: THEIR_ID }) };

const DYNAMODB: LockKind = { kind: 'dynamodb', table: 'locks' };
const LOCKFILE: LockKind = { kind: 'lockfile' };
const BOTH: LockKind = { kind: 'both', table: 'locks' };

describe('the command that frees a lock', () => {
  test.each([DYNAMODB, LOCKFILE, BOTH])('is Terraform’s own for its own lock: %j', (kind) => {
    expect(commandFor(kind, STATE)).toBe(`\`terraform force-unlock -force ${THEIR_ID}\``);
  });

  test('names the workspace, because Terraform frees the lock of the one it is in', () => {
    const settings = testSettings({ backend: { workspace: 'a&b' } });
    expect(unlockCommand(settings, THEIRS)).toBe(
      `\`TF_WORKSPACE='a&b' terraform force-unlock -force ${THEIR_ID}\``,
    );
  });

  const DELETE_OBJECT =
    "`aws s3api delete-object --bucket 'states' --key 'network/terraform.tfstate.lockkeeper.tflock' --region eu-central-1`";
  const DELETE_ITEM =
    "`aws dynamodb delete-item --table-name 'locks' " +
    `--key '{"LockID":{"S":"states/network/terraform.tfstate.lockkeeper"}}' ` +
    "--condition-expression 'contains(Info, :id)' " +
    `--expression-attribute-values '{":id":{"S":"${THEIR_ID}"}}' --region eu-central-1\``;

  test.each<[LockKind, string]>([
    [LOCKFILE, DELETE_OBJECT],
    [DYNAMODB, DELETE_ITEM],
    [BOTH, `${DELETE_OBJECT} and ${DELETE_ITEM}`],
  ])('is the AWS CLI’s for a pipeline’s lock, which Terraform does not know: %j', (kind, command) => {
    expect(commandFor(kind, PIPELINE)).toBe(command);
  });

  const SEEN = { version: '"0123abcd"' };

  test.each<[LockKind, Partial<HeldLock>]>([
    [LOCKFILE, SEEN],
    [BOTH, { version: '"0123abcd" text', parts: { lockfile: SEEN, item: { version: 'text' } } }],
  ])('deletes only the lockfile that was seen: %j', (kind, held) => {
    expect(commandFor(kind, PIPELINE, THEIR_ID, held)).toContain(` --if-match '"0123abcd"' --region`);
  });

  test.each(["'; reboot; '", '"a b"', 'a'.repeat(65)])(
    'leaves out what is no ETag, and may be more than a word to a shell: %s',
    (version) => {
      expect(commandFor(LOCKFILE, PIPELINE, THEIR_ID, { version })).toBe(DELETE_OBJECT);
    },
  );

  const DELETE_LOCKFILE =
    "`aws s3api delete-object --bucket 'states' --key 'network/terraform.tfstate.tflock' " +
    `--if-match '"0123abcd"' --region eu-central-1\``;
  const DELETE_STATE_ITEM = DELETE_ITEM.replace('terraform.tfstate.lockkeeper', 'terraform.tfstate');

  test('goes where the action went', () => {
    const settings = testSettings({
      backend: { s3Endpoint: 'http://minio:9000', dynamodbEndpoint: 'http://scylla:8000' },
      locking: { lock: BOTH, scope: PIPELINE },
    });
    const command = unlockCommand(settings, THEIRS);
    expect(command).toContain("tflock' --region eu-central-1 --endpoint-url 'http://minio:9000'`");
    expect(command).toContain("--region eu-central-1 --endpoint-url 'http://scylla:8000'`");
  });

  test('stays one command whatever the state is called', () => {
    const settings = testSettings({
      backend: { statePath: `o'brien/"prod".tfstate` },
      locking: { lock: BOTH, scope: PIPELINE },
    });
    const command = unlockCommand(settings, THEIRS);
    expect(command).toContain(`--key 'o'\\''brien/"prod".tfstate.lockkeeper.tflock'`);
    expect(command).toContain(`--key '{"LockID":{"S":"states/o'\\''brien/\\"prod\\".tfstate.lockkeeper"}}'`);
  });

  test.each<[string, Partial<HeldLock>, string]>([
    ['the lockfile', { parts: { lockfile: SEEN } }, DELETE_LOCKFILE],
    ['the item', { parts: { item: { version: 'text' } } }, DELETE_STATE_ITEM],
  ])(
    'deletes %s alone where that is all that is left: Terraform would end with an error',
    (_, held, command) => {
      expect(commandFor(BOTH, STATE, THEIR_ID, held)).toBe(command);
    },
  );

  describe('never contains an ID that a shell would read as more than a word', () => {
    const scopes = [STATE, PIPELINE];
    const ids = [
      '',
      '$(reboot)',
      '`reboot`',
      'a b',
      "a'; reboot; '",
      'a\nb',
      '--help;',
      '-rf',
      'ü',
      'a'.repeat(65),
    ];
    const rows = scopes.flatMap((scope) => ids.map((id) => [scope, id] as const));

    test.each(rows)('scope %j, ID %j', (scope, id) => {
      const suffix = scope.kind === 'state' ? '' : '.lockkeeper';
      expect(commandFor(BOTH, scope, id)).toBe(
        `the S3 or DynamoDB console, where its record is states/network/terraform.tfstate${suffix}`,
      );
    });
  });
});

describe('where the commands have a block of their own, the message leads to them', () => {
  const tell = (how: string) => `Free it with ${how}.`;
  test.each([
    [['one'], 'this command'],
    [['one', 'two'], 'these commands'],
  ])('%j', (commands, how) => {
    expect(withCommandsBelow(tell, commands)).toEqual([
      { kind: 'paragraph', text: linked(`Free it with ${how}.`, 4_000) },
      { kind: 'code', language: 'sh', lines: commands },
    ]);
  });

  test('and where there are none, the message stands alone', () => {
    expect(withCommandsBelow(tell, [])).toBeUndefined();
  });
});
