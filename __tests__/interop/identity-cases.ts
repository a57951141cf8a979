/** A backend's way to say who signs. */
export interface IdentityCase {
  readonly name: string;
  /** Arguments of the backend block. */
  readonly backend: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Below the folder, which is HOME too. */
  readonly files?: Readonly<Record<string, string>>;
  /** The one client that has these arguments. */
  readonly only?: 'terraform' | 'tofu';
}

const ROLE = 'arn:aws:iam::123456789012:role/deploy';
const OTHER = 'arn:aws:iam::123456789012:role/path/other';
const READ = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
const KEYS = 'access_key = "AKIABACKEND"\nsecret_key = "of-the-backend"\n';
const ENV_KEYS = { AWS_ACCESS_KEY_ID: 'AKIAENV', AWS_SECRET_ACCESS_KEY: 'of-the-environment' };
const ENV_WEB = { AWS_ROLE_ARN: OTHER, AWS_ROLE_SESSION_NAME: 'env', AWS_WEB_IDENTITY_TOKEN_FILE: 'token' };
const TOKEN = { token: 'the-token' };

const section = (name: string, accessKeyId: string) =>
  `[${name}]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = of-${accessKeyId}\n`;

const WEB_IDENTITY = `assume_role_with_web_identity = {
  role_arn           = "${OTHER}"
  session_name       = "web"
  duration           = "1h"
  policy             = "{}"
  policy_arns        = ["${READ}"]
  web_identity_token = "a-token"
}
`;

export const IDENTITY_CASES: readonly IdentityCase[] = [
  {
    name: 'a role with all that both clients know',
    backend: `${KEYS}assume_role = {
      role_arn            = "${ROLE}"
      session_name        = "session"
      duration            = "1h30m"
      external_id         = "id:/1"
      policy              = " {\\"Version\\": \\"2012-10-17\\", \\"Statement\\": []}\\n"
      policy_arns         = ["${READ}", "arn:aws:iam::aws:policy/Another"]
      tags                = { team = "infra" }
      transitive_tag_keys = ["team", "cost"]
    }`,
  },
  {
    name: 'a role with a source identity',
    only: 'terraform',
    backend: `${KEYS}assume_role = { role_arn = "${ROLE}", session_name = "session", source_identity = "ada" }`,
  },
  { name: 'a role and nothing else', backend: `${KEYS}assume_role = { role_arn = "${ROLE}" }` },
  {
    name: 'a role under the old names of OpenTofu',
    only: 'tofu',
    backend: `${KEYS}
      role_arn                        = "${ROLE}"
      session_name                    = "session"
      external_id                     = "id"
      assume_role_duration_seconds    = 1200
      assume_role_policy              = "{}"
      assume_role_policy_arns         = ["${READ}"]
      assume_role_tags                = { team = "infra" }
      assume_role_transitive_tag_keys = ["team"]`,
  },
  {
    name: 'a role in another region of the token service',
    backend: `${KEYS}sts_region = "eu-west-3"\nassume_role = { role_arn = "${ROLE}", session_name = "session" }`,
  },
  {
    name: 'a role by keys of the environment',
    backend: `assume_role = { role_arn = "${ROLE}", session_name = "session" }`,
    env: ENV_KEYS,
  },
  {
    name: 'a role by a profile, which goes before keys of the environment',
    backend: `profile = "p"\nassume_role = { role_arn = "${ROLE}", session_name = "session" }`,
    env: ENV_KEYS,
    files: { '.aws/credentials': section('p', 'AKIAPROFILE') },
  },
  { name: 'a web identity', backend: WEB_IDENTITY },
  { name: 'a web identity before keys of the environment', backend: WEB_IDENTITY, env: ENV_KEYS },
  {
    name: 'a web identity before a profile',
    backend: `${WEB_IDENTITY}profile = "p"`,
    files: { '.aws/credentials': section('p', 'AKIAPROFILE') },
  },
  { name: 'keys of the backend before a web identity', backend: `${KEYS}${WEB_IDENTITY}` },
  {
    name: 'a role by a web identity',
    backend: `${WEB_IDENTITY}assume_role = { role_arn = "${ROLE}", session_name = "session" }`,
  },
  {
    name: 'a web identity whose token is in a file, from where the client runs',
    backend: `assume_role_with_web_identity = { role_arn = "${ROLE}", session_name = "web", web_identity_token_file = "token" }`,
    files: TOKEN,
  },
  {
    name: 'a web identity that the environment completes',
    only: 'tofu',
    backend: 'assume_role_with_web_identity = { duration = "1h" }',
    env: { ...ENV_WEB, AWS_WEB_IDENTITY_TOKEN_FILE: '', AWS_WEB_IDENTITY_TOKEN: 'env-token' },
  },
  { name: 'a web identity of the environment', backend: '', env: ENV_WEB, files: TOKEN },
  {
    name: 'keys of the environment before its web identity',
    backend: '',
    env: { ...ENV_KEYS, ...ENV_WEB },
    files: TOKEN,
  },
  {
    name: 'a web identity of the environment before its profile',
    backend: '',
    env: { ...ENV_WEB, AWS_PROFILE: 'p' },
    files: { ...TOKEN, '.aws/credentials': section('p', 'AKIAPROFILE') },
  },
  {
    name: 'the oldest variable of a profile',
    backend: '',
    env: { AWS_DEFAULT_PROFILE: 'p' },
    files: { '.aws/credentials': section('p', 'AKIAPROFILE') + section('default', 'AKIADEFAULT') },
  },
  {
    name: 'several files of credentials',
    backend: 'profile = "p"\nshared_credentials_files = ["z", "a", "none"]',
    files: { a: section('p', 'AKIAA'), z: section('p', 'AKIAZ') },
  },
  {
    name: 'the variable of a file of credentials before the older attribute',
    backend: 'profile = "p"\nshared_credentials_file = "a"',
    env: { AWS_SHARED_CREDENTIALS_FILE: 'z' },
    files: { a: section('p', 'AKIAA'), z: section('p', 'AKIAZ') },
  },
  {
    name: 'and after the newer one',
    backend: 'profile = "p"\nshared_credentials_files = ["a"]',
    env: { AWS_SHARED_CREDENTIALS_FILE: 'z' },
    files: { a: section('p', 'AKIAA'), z: section('p', 'AKIAZ') },
  },
  {
    name: 'several files of configuration, without keys that a later one does not have',
    backend: 'profile = "p"\nshared_config_files = ["z", "a"]',
    files: { a: section('profile p', 'AKIAA'), z: '[profile p]\nregion = eu-west-1\n' },
  },
  {
    name: 'a file of configuration by its variable of Terraform',
    backend: 'profile = "p"',
    env: { AWS_SHARED_CONFIG_FILE: 'a', AWS_CONFIG_FILE: 'b' },
    files: { a: section('profile p', 'AKIAA'), b: section('profile p', 'AKIAB') },
  },
  {
    name: 'a profile with a role by keys of the environment',
    backend: 'profile = "p"',
    env: ENV_KEYS,
    files: {
      '.aws/config': `[profile p]\nrole_arn = ${OTHER}\ncredential_source = Environment\nrole_session_name = of-profile\nduration_seconds = 900\n`,
    },
  },
  {
    name: 'a profile with a role, and a role by it',
    backend: `profile = "p"\nassume_role = { role_arn = "${ROLE}", session_name = "session" }`,
    files: {
      '.aws/config': `[profile p]\nrole_arn = ${OTHER}\nsource_profile = base\nrole_session_name = of-profile\nduration_seconds = 900\n`,
      '.aws/credentials': section('base', 'AKIABASE'),
    },
  },
];

/** What both must refuse. */
export const REFUSED_IDENTITIES: readonly IdentityCase[] = [
  { name: 'no ARN', backend: 'assume_role = { role_arn = "deploy" }', only: 'terraform' },
  { name: 'another ARN', backend: 'assume_role = { role_arn = "arn:aws:iam::1:user/x" }', only: 'terraform' },
  { name: 'too short a session', backend: `assume_role = { role_arn = "${ROLE}", duration = "14m" }` },
  { name: 'too long a session', backend: `assume_role = { role_arn = "${ROLE}", duration = "13h" }` },
  {
    name: 'an external ID with spaces',
    backend: `assume_role = { role_arn = "${ROLE}", external_id = "a b" }`,
    only: 'terraform',
  },
  {
    name: 'a policy that is no object',
    backend: `assume_role = { role_arn = "${ROLE}", policy = "[]" }`,
    only: 'terraform',
  },
  {
    name: 'a policy that is a role',
    backend: `assume_role = { role_arn = "${ROLE}", policy_arns = ["${ROLE}"] }`,
  },
  {
    name: 'a role under the old names beside the new',
    backend: `role_arn = "${ROLE}"\nassume_role = { role_arn = "${ROLE}" }`,
    only: 'tofu',
  },
  {
    name: 'two tokens',
    backend: `assume_role_with_web_identity = { role_arn = "${ROLE}", web_identity_token = "token", web_identity_token_file = "f" }`,
  },
  { name: 'two files', backend: 'shared_credentials_file = "a"\nshared_credentials_files = ["b"]' },
  {
    name: 'two token services',
    backend: 'sts_endpoint = "http://127.0.0.1:1"\nendpoints = { sts = "http://127.0.0.1:1" }',
  },
  { name: 'a metadata service of another mode', backend: 'ec2_metadata_service_endpoint_mode = "IPv5"' },
].map((each) => ({ ...each, backend: `${KEYS}${each.backend}` }) as IdentityCase);
