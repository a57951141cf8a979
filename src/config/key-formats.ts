import { type Format, matching } from './formats.js';

type Rule = readonly [broken: RegExp, expected: string];

const PRINTABLE: Rule = [/\p{Cc}/u, 'a path without control characters'];
const NOT_AT_START: Rule = [/^\//, 'a path that does not start with "/"'];
const NOT_AT_END: Rule = [/\/$/, 'a path that does not end with "/"'];
const NOT_DOUBLE: Rule = [/\/\//, 'a path without "//"'];
const NOT_RELATIVE: Rule = [/(?:^|\/)\.{1,2}(?:\/|$)/, 'a path without "." and ".." in it'];
const NOT_RESERVED: Rule = [
  /(?:^|\/)\.index(?:\/|$)/,
  'a path without ".index" in it, where the index of the backups has its place',
];
const NOT_A_LOCK: Rule = [/\.tflock$/, 'the path of a state, and a ".tflock" object is a lock'];

function path(...rules: readonly Rule[]): Format<string> {
  return (text) => {
    const broken = rules.find(([pattern]) => pattern.test(text));
    return broken === undefined ? { value: text } : { expected: broken[1] };
  };
}

/** `key`, as Terraform takes it: S3 strips a leading "/", and a trailing one means a directory. */
export const stateKey = path(PRINTABLE, NOT_AT_START, NOT_AT_END, NOT_DOUBLE, NOT_A_LOCK);

/** `workspace_key_prefix`, as Terraform takes it. */
export const workspaceKeyPrefix = path(PRINTABLE, NOT_AT_START, NOT_AT_END);

/** `backup_prefix`, made to end with one "/". */
export const backupPrefix: Format<string> = (text) => {
  const result = path(PRINTABLE, NOT_AT_START, NOT_DOUBLE, NOT_RELATIVE, NOT_RESERVED)(text);
  return 'value' in result ? { value: result.value.replace(/\/?$/, '/') } : result;
};

/**
 * A workspace's name: what Go's `url.PathEscape` leaves as it is.
 * @see https://github.com/hashicorp/terraform/blob/main/internal/command/arguments/workspace.go
 */
export const workspaceName = matching(
  /^[A-Za-z0-9_.~$&+:=@-]+$/,
  "a workspace's name, of letters, digits and - _ . ~ $ & + : = @",
);
