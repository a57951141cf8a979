/** A backend that has an attribute. */
export type Product = 'Terraform' | 'OpenTofu';

/** What an attribute is that is no string. A part of a set or a map is one. */
export type CompoundType = 'bool' | 'number' | 'set(string)' | 'map(string)' | 'object';

/** Attributes of the S3 backend that no input of the same name stands for, and what becomes of them. */
export type UnsupportedRow = {
  /** As Terraform writes them; a part of an object follows its name and a dot. */
  readonly names: readonly string[];
  /** Of those that are no strings. */
  readonly types?: Readonly<Record<string, CompoundType>>;
  /** Masked on receipt; of a proxy's address, the login in it. */
  readonly secret?: true;
  /** The only backend that has them; both unless given. */
  readonly only?: Product;
} & (
  | { readonly fate: 'another-name'; readonly input: string }
  /** An object, whose parts have rows of their own. */
  | { readonly fate: 'parts' }
  /**
   * In a backend's configuration, `refused` is an error, and `without-effect` is a line of the log.
   * `because` says what to do, or why there is nothing to do: whole sentences, in Markdown.
   */
  | { readonly fate: 'refused' | 'without-effect'; readonly because: string }
);

const NOTHING_TO_SKIP = 'Lockkeeper makes no such check, so there is none to skip.';

export const UNSUPPORTED: readonly UnsupportedRow[] = [
  { names: ['endpoints.s3'], fate: 'another-name', input: 'endpoint' },
  { names: ['endpoints.dynamodb'], fate: 'another-name', input: 'dynamodb_endpoint' },
  { names: ['endpoints'], types: { endpoints: 'object' }, fate: 'parts' },
  {
    names: ['force_path_style'],
    types: { force_path_style: 'bool' },
    fate: 'another-name',
    input: 'use_path_style',
  },
  { names: ['endpoints.sts'], fate: 'another-name', input: 'sts_endpoint' },
  { names: ['assume_role'], types: { assume_role: 'object' }, fate: 'parts' },
  { names: ['assume_role.role_arn'], fate: 'another-name', input: 'role_arn' },
  { names: ['assume_role.session_name'], fate: 'another-name', input: 'role_session_name' },
  { names: ['session_name'], only: 'OpenTofu', fate: 'another-name', input: 'role_session_name' },
  { names: ['assume_role.duration'], fate: 'another-name', input: 'role_duration' },
  { names: ['assume_role.external_id'], fate: 'another-name', input: 'external_id' },
  { names: ['assume_role_policy'], only: 'OpenTofu', fate: 'another-name', input: 'assume_role.policy' },
  {
    names: ['assume_role_policy_arns'],
    types: { assume_role_policy_arns: 'set(string)' },
    only: 'OpenTofu',
    fate: 'another-name',
    input: 'assume_role.policy_arns',
  },
  {
    names: ['assume_role_tags'],
    types: { assume_role_tags: 'map(string)' },
    only: 'OpenTofu',
    fate: 'another-name',
    input: 'assume_role.tags',
  },
  {
    names: ['assume_role_transitive_tag_keys'],
    types: { assume_role_transitive_tag_keys: 'set(string)' },
    only: 'OpenTofu',
    fate: 'another-name',
    input: 'assume_role.transitive_tag_keys',
  },
  {
    names: ['assume_role_with_web_identity'],
    types: { assume_role_with_web_identity: 'object' },
    fate: 'parts',
  },
  {
    names: ['iam_endpoint', 'endpoints.iam'],
    fate: 'without-effect',
    because: 'Lockkeeper asks IAM nothing.',
  },
  {
    names: ['insecure'],
    types: { insecure: 'bool' },
    fate: 'refused',
    because:
      'A lock that anybody on the way could forge holds nobody off. Trust the certificate with `custom_ca_bundle`, or ' +
      '`AWS_CA_BUNDLE`.',
  },
  {
    names: ['skip_region_validation'],
    types: { skip_region_validation: 'bool' },
    fate: 'without-effect',
    because: NOTHING_TO_SKIP,
  },
];
