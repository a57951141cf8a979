import { duration, type Format, matching, textList } from './formats.js';

/*
 * The rules of Terraform's backend for what is said of a role.
 * @see https://github.com/hashicorp/terraform/blob/main/internal/backend/remote-state/s3/backend.go assumeRoleSchema
 */

/** Six parts; the last may have colons. */
const ARN = /^arn:[^:]*:[^:]*:[^:]*:[^:]*:(.+)$/s;

const isArnOf = (type: string, text: string) => ARN.exec(text)?.[1]?.startsWith(`${type}/`) === true;

export const roleArn: Format<string> = (text) =>
  isArnOf('role', text)
    ? { value: text }
    : { expected: 'the ARN of an IAM role, such as arn:aws:iam::123456789012:role/deploy' };

export const sessionName = matching(
  /^[\w+=,.@-]{2,64}$/,
  '2 to 64 letters, digits and characters of "_+=,.@-"',
);

export const externalId = matching(
  /^[\w+=,.@:/-]{2,1224}$/,
  '2 to 1,224 letters, digits and characters of "_+=,.@:/-"',
);

const [SHORTEST_S, LONGEST_S] = [15 * 60, 12 * 3600];

/** In seconds. */
export const roleDuration: Format<number> = (text) => {
  const parsed = duration(text);
  const seconds = 'value' in parsed ? Math.floor(parsed.value / 1000) : 0;
  return seconds >= SHORTEST_S && seconds <= LONGEST_S
    ? { value: seconds }
    : { expected: 'a duration from 15m to 12h, such as 1h30m' };
};

/** Trimmed, as Terraform sends it. */
export const policy: Format<string> = (text) => {
  const value = text.trim();
  return isJsonObject(value)
    ? { value }
    : { expected: 'an IAM policy: a JSON object, not the name of a file' };
};

/** In the order in which Terraform's sets are. */
export const policyArns: Format<readonly string[]> = (text) => {
  const list = textList(text);
  return 'value' in list && list.value.every((arn) => isArnOf('policy', arn))
    ? { value: inOrder(list.value) }
    : { expected: 'a list of ARNs of IAM policies, such as ["arn:aws:iam::aws:policy/ReadOnlyAccess"]' };
};

/** A set of texts, in the order in which Terraform goes through it. */
export const textSet: Format<readonly string[]> = (text) => {
  const list = textList(text);
  return 'value' in list ? { value: inOrder(list.value) } : list;
};

const inOrder = (texts: readonly string[]) => [...new Set(texts)].sort();

export const webIdentityToken = matching(/^\S{4,20000}$/, 'a token of 4 to 20,000 characters without spaces');

function isJsonObject(text: string): boolean {
  try {
    return text.startsWith('{') && typeof JSON.parse(text) === 'object';
  } catch {
    return false;
  }
}
