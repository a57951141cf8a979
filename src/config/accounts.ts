import type { accountInputs } from './attributes/accounts.js';
import { boolean, type Format, textList } from './formats.js';
import type { InputReader } from './input-reader.js';
import type { AccountRule } from './settings.js';

type AccountReader = InputReader<typeof accountInputs>;

/**
 * In which accounts anything may be touched; undefined if nothing is said of that, or nobody is to be asked.
 *
 * @see https://github.com/hashicorp/aws-sdk-go-base/blob/main/internal/config/config.go VerifyAccountIDAllowed
 * @see https://github.com/hashicorp/aws-sdk-go-base/blob/main/aws_config.go GetAwsAccountIDAndPartition
 */
export function parseAccounts(inputs: AccountReader): AccountRule | undefined {
  const allowed = inputs.read('allowed_account_ids', accountIds) ?? [];
  const forbidden = inputs.read('forbidden_account_ids', accountIds) ?? [];
  const skips = [...SKIPPING].map((name) => inputs.read(name, boolean));
  reportTwoLists(inputs);
  if (skips.every(Boolean)) {
    if (allowed.length > 0) inputs.report(NOBODY_ALLOWED);
    return undefined;
  }
  if (allowed.length > 0) return { kind: 'allowed', ids: allowed };
  return forbidden.length > 0 ? { kind: 'forbidden', ids: forbidden } : undefined;
}

const SKIPPING = ['skip_credentials_validation', 'skip_requesting_account_id'] as const;

const NOBODY_ALLOWED =
  'With "skip_credentials_validation" and "skip_requesting_account_id", the account of the credentials is not known, so ' +
  '"allowed_account_ids" would refuse any. Take one of them out of the backend.';

/** A number without quotes has lost its leading zeros, and is no account any more. */
const accountIds: Format<readonly string[]> = (text) => {
  const list = textList(text);
  if (!('value' in list)) return list;
  return list.value.every((id) => /^\d{12}$/.test(id))
    ? list
    : { expected: 'a list of account IDs of 12 digits, such as ["123456789012"]' };
};

function reportTwoLists(inputs: AccountReader): void {
  const allowed = inputs.given('allowed_account_ids');
  const forbidden = inputs.given('forbidden_account_ids');
  if (allowed === undefined || forbidden === undefined) return;
  inputs.report(`${allowed.place} and ${forbidden.place} must not both be given.`);
}
