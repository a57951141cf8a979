import { describe, expect, test } from '@jest/globals';
import { problemsOf, settingsOf } from './environment.js';

const ONE = '["111122223333"]';
const TWO = '["012345678901","111122223333"]';

describe('the accounts in which anything may be touched', () => {
  test.each<[string, Record<string, string>, unknown]>([
    ['are all', {}, undefined],
    ['are those that are allowed', { allowed_account_ids: ONE }, { kind: 'allowed', ids: ['111122223333'] }],
    [
      'are all but those that are forbidden',
      { forbidden_account_ids: TWO },
      { kind: 'forbidden', ids: ['012345678901', '111122223333'] },
    ],
    ['are all where a list is empty', { allowed_account_ids: '[]' }, undefined],
    [
      'are not asked about where that is to be skipped, as in Terraform',
      { forbidden_account_ids: ONE, skip_credentials_validation: 'true', skip_requesting_account_id: 'true' },
      undefined,
    ],
    [
      'are asked about if one of two is to be skipped',
      { allowed_account_ids: ONE, skip_credentials_validation: 'true' },
      { kind: 'allowed', ids: ['111122223333'] },
    ],
    [
      'or the other one',
      { allowed_account_ids: ONE, skip_requesting_account_id: 'true' },
      { kind: 'allowed', ids: ['111122223333'] },
    ],
  ])('%s', (_, values, accounts) => expect(settingsOf(values).accounts).toEqual(accounts));

  test.each<[Record<string, string>, string]>([
    [
      { allowed_account_ids: ONE, forbidden_account_ids: '[]' },
      'Input "allowed_account_ids" and input "forbidden_account_ids" must not both be given.',
    ],
    [
      { allowed_account_ids: '["12345678901"]' },
      'Input "allowed_account_ids" must be a list of account IDs of 12 digits, such as ["123456789012"]; got "[\\"12345678901\\"]".',
    ],
    [
      { forbidden_account_ids: '["arn:aws:iam::111122223333:root"]' },
      'Input "forbidden_account_ids" must be a list of account IDs of 12 digits, such as ["123456789012"]; got "[\\"arn:aws:iam::111122223333:root\\"]".',
    ],
    [
      { allowed_account_ids: ONE, skip_credentials_validation: 'true', skip_requesting_account_id: 'true' },
      'With "skip_credentials_validation" and "skip_requesting_account_id", the account of the credentials is not known, so "allowed_account_ids" would refuse any. Take one of them out of the backend.',
    ],
  ])('are not %j', (values, problem) => expect(problemsOf(values)).toEqual([problem]));
});
