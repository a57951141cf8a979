import { readFileSync } from 'node:fs';

/** A folder of configuration, and the values of `-backend-config`. */
export interface InitCase {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** From the workspace, which is the folder of the files: where the client runs. */
  readonly workingDirectory?: string;
  readonly apart?: Apart;
}

/** Where Lockkeeper and a client are meant to part, and why. */
export interface Apart {
  /** What we do, which the client does not. */
  readonly we: 'refuse' | 'take';
  /** Both, unless given. */
  readonly only?: Client;
  readonly because: string;
}

export type Client = 'terraform' | 'tofu';

const FLAG = '-backend-config=';
const BLOCK = 'terraform {\n  backend "s3" {\n  }\n}\n';
const BASE =
  'bucket = "statebucket"\nkey = "k/t.tfstate"\nregion = "us-east-1"\nuse_path_style = true\nskip_requesting_account_id = true\nskip_credentials_validation = true\n';

const EVALUATED: Apart = {
  we: 'refuse',
  only: 'tofu',
  because: 'OpenTofu alone evaluates it: its init has to come first, which records the value',
};
const LOCAL: Apart = { we: 'refuse', because: 'the local backend comes later' };

/** By the numbers of recorded cases. */
const APART: Readonly<Record<string, Apart>> = {
  '18': LOCAL,
  '22': EVALUATED,
  '44': { we: 'take', only: 'terraform', because: 'it is an argument of OpenTofu alone' },
  '47': EVALUATED,
  '48': EVALUATED,
  '59': { we: 'refuse', because: 'an ACL that S3 does not have fails at the first write' },
  '60': { we: 'refuse', because: 'Terraform takes it as it stands, and OpenTofu evaluates it' },
  '68': { we: 'refuse', because: 'there is no half of an attempt' },
  '74': { we: 'refuse', because: 'a part that is dropped without a word is most likely a mistake' },
  '80': EVALUATED,
  '81': { we: 'take', only: 'terraform', because: 'where there is a .tofu file, it is OpenTofu that counts' },
  '83': { we: 'take', only: 'terraform', because: 'tags are arguments of OpenTofu alone' },
  '84': LOCAL,
};

/** All of the recorded cases. */
export function recordedCases(): InitCase[] {
  const text = readFileSync(new URL('../data/init-cases.json', import.meta.url), 'utf8');
  const { cases }: { cases: readonly InitCase[] } = JSON.parse(text);
  return cases.map(({ name, files, args, env }) => ({
    name,
    files,
    args: args.map((arg) => arg.replace(FLAG, '')),
    env,
    apart: APART[name.slice(0, 2)],
  }));
}

/** A case of a partial block, and of a file that completes it. */
function ofArgs(name: string, args: readonly string[], files: InitCase['files'] = {}): InitCase {
  return { name, files: { 'main.tf': BLOCK, base: BASE, ...files }, args: ['base', ...args] };
}

/** Cases of our own. */
export const OWN_CASES: readonly InitCase[] = [
  ofArgs('quotes in a value', ['key="x"']),
  ofArgs('a quote alone', ['key="x']),
  ofArgs('a file after a line', ['key=line', 'f'], { f: 'key = "file"\n' }),
  ofArgs('an object is replaced whole', [
    'endpoints={s3="http://127.0.0.1:5077",dynamodb="http://127.0.0.1:5077"}',
    'endpoints={s3="http://127.0.0.1:5077"}',
  ]),
  ofArgs('an object that a file unsets', ['endpoints={s3="http://x"}', 'f'], { f: 'endpoints = null\n' }),
  ofArgs('null in an object', ['endpoints={s3=null}']),
  ofArgs('a line that unsets an object', ['endpoints={s3="http://x"}', 'endpoints=null']),
  ofArgs('an object that is a text', ['endpoints=http://127.0.0.1:5077']),
  ofArgs('an object with a variable', ['endpoints={s3=var.x}']),
  ofArgs('two names of one thing', ['endpoint=http://127.0.0.1:5077', 'f'], {
    f: 'endpoints = { s3 = "http://127.0.0.1:5077" }\n',
  }),
  ofArgs('an empty text beside its other name', ['endpoint=', 'endpoints={s3="http://127.0.0.1:5077"}']),
  ofArgs('two names of a boolean', ['force_path_style=true']),
  ofArgs('an unknown name in a line', ['buckett=x']),
  ofArgs('a part as a name', ['endpoints.s3=http://127.0.0.1:5077']),
  ofArgs('a name that is empty', ['=x']),
  ofArgs('white space before the name', [' key=x']),
  ofArgs('a file whose name has "="', ['key=f'], { 'key=f': 'key = "no"\n' }),
  ofArgs('a file with byte order mark and CRLF', ['f'], { f: '\ufeffkey = "crlf"\r\nacl = "private"\r\n' }),
  ofArgs('a file in a folder', ['env/prod.tfbackend'], { 'env/prod.tfbackend': 'key = "prod"\n' }),
  ofArgs('an empty file', ['f'], { f: '' }),
  ofArgs('an empty region', ['region=']),
  ofArgs('a number of a line', ['max_retries=1e1']),
  ofArgs('a number that is none', ['max_retries=many']),
  ofArgs('an empty number', ['max_retries=']),
  ofArgs('an empty boolean', ['encrypt=']),
  ofArgs('a wrong boolean that is replaced', ['encrypt=yes', 'encrypt=true']),
  ofArgs('a wrong boolean of a file that is replaced', ['f', 'encrypt=true'], { f: 'encrypt = "yes"\n' }),
  ofArgs('a number for a boolean', ['f'], { f: 'encrypt = 1\n' }),
  ofArgs('a boolean for a text', ['f'], { f: 'key = true\n' }),
  ofArgs('a fraction for a text', ['f'], { f: 'key = 12.50\n' }),
  ofArgs('a list for a text', ['f'], { f: 'acl = ["private"]\n' }),
  ofArgs('a variable in a file', ['f'], { f: 'key = var.key\n' }),
  ofArgs('a variable in a file that is replaced', ['f', 'key=x'], { f: 'key = var.key\n' }),
  ofArgs('a block in a file', ['f'], { f: 'assume_role {\n  role_arn = "x"\n}\n' }),
  ofArgs('an argument that stands twice', ['f'], { f: 'key = "a"\nkey = "b"\n' }),
  ofArgs('an expression of literals', ['f'], { f: 'key = "a/\u0024{1 + 1}/\u0024{true ? "b" : "c"}"\n' }),
  ofArgs('a heredoc', ['f'], { f: 'kms_key_id = <<EOT\nx\nEOT\n' }),
  ofArgs('form C', ['key=e\u0301', 'f.json'], { 'f.json': '{"workspace_key_prefix": "e\u0301"}' }),
  ofArgs('JSON with a comment', ['f.json'], { 'f.json': '{"//": "why", "key": "json", "encrypt": "1"}' }),
  ofArgs('JSON with a name twice', ['f.json'], { 'f.json': '{"key": "a", "key": "b"}' }),
  ofArgs('JSON with escapes', ['f.json'], { 'f.json': '{"key": "a\\/\\ud83d\\ude00"}' }),
  ofArgs('JSON with a number', ['f.json'], { 'f.json': '{"key": 1e2, "max_retries": 4}' }),
  ofArgs('JSON that ends too early', ['f.json'], { 'f.json': '{"key": "a"' }),
  ofArgs('JSON that goes on', ['f.json'], { 'f.json': '{"key": "a"} x' }),
  ofArgs('JSON by a name in capital letters', ['f.JSON'], { 'f.JSON': 'key = "hcl"\n' }),
  {
    ...ofArgs('JSON with a template', ['f.json'], { 'f.json': '{"key": "a\u0024{1 + 1}"}' }),
    apart: { we: 'refuse', because: 'Terraform takes it as it stands, and OpenTofu evaluates it' },
  },
  ofArgs('JSON of an unknown name', ['f.json'], { 'f.json': '{"buckett": "a"}' }),
  ofArgs('a web identity', [
    'assume_role_with_web_identity={role_arn="arn:aws:iam::123456789012:role/x",web_identity_token="token"}',
  ]),
  ofArgs('a role in a file', ['f'], {
    f: 'assume_role = { role_arn = "arn:aws:iam::123456789012:role/x", duration = "1h", transitive_tag_keys = ["a", "b"] }\n',
  }),
  ofArgs('a role whose duration is no text', [
    'assume_role={role_arn="arn:aws:iam::123456789012:role/x",duration=3600}',
  ]),
  ofArgs('a role without a name', ['assume_role={external_id="id"}']),
  ofArgs('files, and where the instance is asked', ['f'], {
    f: 'shared_config_files = ["a"]\nshared_credentials_files = ["b", "c"]\nskip_metadata_api_check = true\nec2_metadata_service_endpoint_mode = "IPv6"\nsts_region = "us-west-1"\n',
  }),
  {
    ...ofArgs('a metadata service that is no URL', ['ec2_metadata_service_endpoint=localhost']),
    apart: { we: 'refuse', only: 'tofu', because: 'an incomplete URL is refused everywhere' },
  },
  ofArgs('JSON of an object', ['f.json'], { 'f.json': '{"endpoints": {"s3": "http://127.0.0.1:5077"}}' }),
];

const ARGUMENTS = {
  bucket: 'statebucket',
  region: 'us-east-1',
  use_path_style: true,
  skip_requesting_account_id: true,
  skip_credentials_validation: true,
};
const INSIDE = BASE.trimEnd().replaceAll('\n', '\n    ');
const FULL = `terraform {\n  backend "s3" {\n    ${INSIDE}\n  }\n}\n`;
const withKey = (key: string) => FULL.replace('k/t.tfstate', key);

const inFolder = (name: string, files: InitCase['files'], more: Partial<InitCase> = {}): InitCase => ({
  name,
  files,
  args: [],
  ...more,
});

/** How repositories have their backends. */
export const REPOSITORIES: readonly InitCase[] = [
  inFolder("Terragrunt's generated backend", {
    'main.tf': 'module "x" {\n  source = "./x"\n}\n',
    'x/main.tf': 'output "x" {\n  value = "\u0024{path.module}"\n}\n',
    'backend.tf': `# Generated by Terragrunt. Sig: nIlQXj57tbuaRZEa\n${FULL}`,
  }),
  inFolder(
    'an empty block that Terragrunt fills by flags',
    { 'main.tf': 'terraform {\n  backend "s3" {}\n}\n' },
    { args: BASE.trim().replaceAll(' ', '').replaceAll('"', '').split('\n') },
  ),
  inFolder(
    'a file for each environment',
    { 'main.tf': BLOCK, 'env/dev.hcl': BASE, 'env/prod.hcl': BASE.replace('k/t', 'prod/t') },
    { args: ['env/prod.hcl'] },
  ),
  inFolder(
    'a file for all, and a key for each environment',
    { 'main.tf': BLOCK, 'common.hcl': BASE },
    { args: ['common.hcl', 'key=stage/t.tfstate'] },
  ),
  inFolder(
    'a JSON file for each environment',
    { 'main.tf': BLOCK, 'base.hcl': BASE, 'env/prod.json': '{"key": "prod", "acl": "private"}' },
    { args: ['base.hcl', 'env/prod.json'] },
  ),
  inFolder(
    'one of many stacks',
    {
      'backend.tf': withKey('bootstrap'),
      'stacks/network/main.tf': withKey('network'),
      'stacks/app/main.tf': withKey('app'),
    },
    { workingDirectory: 'stacks/network' },
  ),
  inFolder(
    'a stack whose backend file is beside it',
    { 'stacks/app/main.tf': BLOCK, 'stacks/app.hcl': BASE },
    { workingDirectory: 'stacks/app', args: ['../app.hcl'] },
  ),
  inFolder('a block among versions and providers', {
    'versions.tf':
      'terraform {\n  required_version = ">= 1.0"\n  required_providers {\n  }\n' +
      `  backend "s3" {\n    ${INSIDE}\n  }\n}\n`,
    'variables.tf': 'variable "backend" {\n  default = "s3"\n}\n',
  }),
  inFolder('two terraform blocks in a file', {
    'main.tf': `terraform {\n  required_version = ">= 1.0"\n}\n${FULL}`,
  }),
  inFolder('two backends in a file', { 'main.tf': `${FULL}${FULL}` }),
  inFolder('JSON beside templates', {
    'main.tf.json': JSON.stringify({
      '//': 'generated by cdktf',
      locals: { stack: 'a-\u0024{upper("b")}' },
      terraform: {
        backend: { s3: { ...ARGUMENTS, key: 'cdktf' } },
      },
    }),
  }),
  inFolder('two backends, one of them JSON', {
    'main.tf': FULL,
    'z.tf.json': '{"terraform": {"backend": {"s3": {"bucket": "b", "key": "k"}}}}',
  }),
  inFolder('an override without a backend', {
    'main.tf': FULL,
    'providers_override.tf': 'terraform {\n  required_version = ">= 1.0"\n}\n',
  }),
  inFolder('an override in JSON', {
    'main.tf': FULL,
    'backend_override.tf.json': JSON.stringify({
      terraform: { backend: { s3: { ...ARGUMENTS, key: 'over' } } },
    }),
  }),
  inFolder('an override with two backends', { 'main.tf': FULL, 'override.tf': `${FULL}${FULL}` }),
  inFolder(
    'flags of the environment',
    { 'main.tf': BLOCK, 'my base.hcl': BASE },
    { env: { TF_CLI_ARGS_init: '-upgrade=false -backend-config="my base.hcl" -backend-config key=flag' } },
  ),
  inFolder(
    'flags of the environment, and of the command line',
    { 'main.tf': BLOCK, 'base.hcl': BASE },
    { env: { TF_CLI_ARGS_init: '-backend-config=key=flag' }, args: ['base.hcl', 'key=line'] },
  ),
  inFolder('a data folder of another name', { 'main.tf': FULL }, { env: { TF_DATA_DIR: '.tf-prod' } }),
  inFolder('a workspace', { 'main.tf': withKey('blue') }, { env: { TF_WORKSPACE: 'blue' } }),
  inFolder('blocks that are none', {
    'main.tf': `${FULL}\n# terraform { backend "s3" {} }\n/*\nterraform {\n  backend "gcs" {}\n}\n*/\nlocals {\n  x = <<EOT\nterraform {\n  backend "s3" {\n  }\n}\nEOT\n}\n`,
    'notes.txt': FULL,
    'prod.tfvars': 'backend = "s3"\n',
  }),
  inFolder('what editors leave', {
    'backend.tf': FULL,
    'backend.tf~': FULL,
    '#backend.tf#': FULL,
    '.backend.tf': FULL,
    'backend.tf.bak': FULL,
    'backend.TF': FULL,
  }),
  inFolder('modules with a backend of their own', {
    'main.tf': `${FULL}module "m" {\n  source = "./m"\n}\n`,
    'm/main.tf': 'terraform {\n  backend "local" {}\n}\n',
  }),
  inFolder(
    'a file of OpenTofu beside one of its name',
    { 'backend.tf': FULL, 'backend.tofu': withKey('tofu') },
    {
      apart: {
        we: 'take',
        only: 'terraform',
        because: 'where there is a .tofu file, it is OpenTofu that counts',
      },
    },
  ),
  inFolder('a backend that is no S3', { 'main.tf': 'terraform {\n  backend "s4" {\n  }\n}\n' }),
  inFolder('a block in the block', {
    'main.tf': FULL.replace('key ', 'assume_role {\n      role_arn = "x"\n    }\n    key '),
  }),
  inFolder('a broken file', { 'main.tf': FULL, 'broken.tf': 'terraform {\n  backend "s3"\n' }),
  inFolder('a partial block that nothing completes', { 'main.tf': BLOCK }),
  inFolder('tabs and CRLF', { 'main.tf': FULL.replaceAll('    ', '\t').replaceAll('\n', '\r\n') }),
  inFolder(
    'a variable that a flag replaces',
    { 'main.tf': `variable "k" {\n  default = "v"\n}\n${FULL.replace('"k/t.tfstate"', 'var.k')}` },
    { args: ['key=flag'] },
  ),
];
