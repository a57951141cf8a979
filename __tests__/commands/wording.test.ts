import { describe, expect, test } from '@jest/globals';
import { describeHolder, unlockCommand } from '../../src/commands/wording.js';
import type { LockKind, LockScope } from '../../src/config/settings.js';
import { START } from '../support/fake-clock.js';
import { lockHolder, lockInfo, THEIR_ID, testSettings, theirInfo, theirLock } from '../support/test-data.js';

describe('who holds a lock, in one line', () => {
  test('a job of ours: its run, its page, its lock', () => {
    const held = { info: lockInfo({ Created: '2026-11-22T00:00:00Z' }), holder: lockHolder(), version: 'v' };
    expect(describeHolder(held, START)).toBe(
      'octocat@runner-1 since 2026-11-22T00:00:00Z (1h 15m); operation lockkeeper; ' +
        'lock ID 11111111-1111-4111-8111-111111111111; job "apply" of acme/infrastructure, ' +
        'https://github.com/acme/infrastructure/actions/runs/4711/attempts/1',
    );
  });

  test('somebody’s Terraform: what it does, and what it says', () => {
    expect(describeHolder(theirLock({ Info: 'by hand' }), START)).toBe(
      'ada@laptop since 2026-11-22T01:05:51.25Z (9m 59s); operation OperationTypeApply; ' +
        `lock ID ${THEIR_ID}; by hand`,
    );
  });

  test('other people’s text is cut, so that the rest of the message is seen', () => {
    const text = describeHolder(theirLock({ Who: 'w'.repeat(201), Info: 'i'.repeat(200) }), START);
    expect(text).toBe(
      `${'w'.repeat(200)}… since 2026-11-22T01:05:51.25Z (9m 59s); operation OperationTypeApply; ` +
        `lock ID ${THEIR_ID}; ${'i'.repeat(200)}`,
    );
  });

  test('a holder whose clock is ahead of ours has held it for no time yet', () => {
    expect(describeHolder(theirLock({ Created: '2026-11-22T02:00:00Z' }), START)).toContain('(0ms)');
  });

  test.each([
    [
      { ID: 'i', Operation: '', Info: '', Who: '', Version: '', Created: '', Path: '' },
      'somebody since an unknown time; lock ID i',
    ],
    [{ ...theirInfo(), Created: 'yesterday' }, 'ada@laptop since yesterday; operation'],
    [{ ...theirInfo(), ID: '' }, 'lock ID unknown'],
  ])('a record that says little: %j', (info, words) => {
    expect(describeHolder({ info, version: 'v' }, START)).toContain(words);
  });

  test('a record that nobody can read', () => {
    expect(describeHolder({ version: 'not json' }, START)).toBe(
      'an unreadable record, not written by Terraform',
    );
  });
});

/** The command for a lock of this kind and scope. */
function commandFor(kind: LockKind, scope: LockScope, id = THEIR_ID, version?: string): string {
  return unlockCommand(testSettings({ locking: { kind, scope } }), { info: lockInfo({ ID: id }), version });
}

const THEIRS = { info: lockInfo({ ID: THEIR_ID }) };

const DYNAMODB: LockKind = { kind: 'dynamodb', table: 'locks' };
const LOCKFILE: LockKind = { kind: 'lockfile' };
const BOTH: LockKind = { kind: 'both', table: 'locks' };

describe('the command that frees a lock', () => {
  test.each([DYNAMODB, LOCKFILE, BOTH])('is Terraform’s own for its own lock: %j', (kind) => {
    expect(commandFor(kind, 'state')).toBe(`\`terraform force-unlock -force ${THEIR_ID}\``);
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
    expect(commandFor(kind, 'pipeline')).toBe(command);
  });

  test.each<[LockKind, string]>([
    [LOCKFILE, '"0123abcd"'],
    [BOTH, JSON.stringify(['"0123abcd"', 'text'])],
  ])('deletes only the lockfile that was seen: %j', (kind, version) => {
    expect(commandFor(kind, 'pipeline', THEIR_ID, version)).toContain(` --if-match '"0123abcd"' --region`);
  });

  test.each(["'; reboot; '", '"a b"', 'a'.repeat(65)])(
    'leaves out what is no ETag, and may be more than a word to a shell: %s',
    (version) => {
      expect(commandFor(LOCKFILE, 'pipeline', THEIR_ID, version)).toBe(DELETE_OBJECT);
    },
  );

  test('goes where the action went', () => {
    const settings = testSettings({
      backend: { s3Endpoint: 'http://minio:9000', dynamodbEndpoint: 'http://scylla:8000' },
      locking: { kind: BOTH, scope: 'pipeline' },
    });
    const command = unlockCommand(settings, THEIRS);
    expect(command).toContain("tflock' --region eu-central-1 --endpoint-url 'http://minio:9000'`");
    expect(command).toContain("--region eu-central-1 --endpoint-url 'http://scylla:8000'`");
  });

  test('stays one command whatever the state is called', () => {
    const settings = testSettings({
      backend: { statePath: `o'brien/"prod".tfstate` },
      locking: { kind: BOTH, scope: 'pipeline' },
    });
    const command = unlockCommand(settings, THEIRS);
    expect(command).toContain(`--key 'o'\\''brien/"prod".tfstate.lockkeeper.tflock'`);
    expect(command).toContain(`--key '{"LockID":{"S":"states/o'\\''brien/\\"prod\\".tfstate.lockkeeper"}}'`);
  });

  test('is none where there is no lock', () => {
    expect(commandFor({ kind: 'none' }, 'pipeline')).toBe('');
  });

  describe('never contains an ID that a shell would read as more than a word', () => {
    const scopes = ['state', 'pipeline'] as const;
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

    test.each(rows)('scope %s, ID %j', (scope, id) => {
      const suffix = scope === 'state' ? '' : '.lockkeeper';
      expect(commandFor(BOTH, scope, id)).toBe(
        `the S3 or DynamoDB console, where its record is states/network/terraform.tfstate${suffix}`,
      );
    });
  });
});
