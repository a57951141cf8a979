import { readFileSync } from 'node:fs';

/** A folder of configuration, and the values of `-backend-config`. */
export interface InitCase {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  readonly args: readonly string[];
  /** Why Lockkeeper refuses what both clients take, where that is meant. */
  readonly refusedBecause?: string;
}

const FLAG = '-backend-config=';
const BLOCK = 'terraform {\n  backend "s3" {\n  }\n}\n';
const BASE =
  'bucket = "statebucket"\nkey = "k/t.tfstate"\nregion = "us-east-1"\nuse_path_style = true\nskip_requesting_account_id = true\nskip_credentials_validation = true\n';

/** The numbers of the recorded cases that are about the values of attributes, and not about where a block is found. */
const RECORDED = [
  ...['01', '03', '04', '06', '07', '09', '10', '12', '13', '32', '33', '35', '36', '38', '39', '41', '51'],
  ...['56', '57', '59', '63', '65', '66', '68', '69', '71', '72', '74', '75', '77'],
];

/** What both clients take, and we refuse. A role is none: without a token service, the clients cannot take it either. */
const STRICTER: Readonly<Record<string, string>> = {
  '59': 'an ACL that S3 does not have fails at the first write',
  '68': 'there is no half of an attempt',
  '74': 'a part that is dropped without a word is most likely a mistake',
};

/** The recorded cases that are run. */
export function recordedCases(): InitCase[] {
  const text = readFileSync(new URL('../data/init-cases.json', import.meta.url), 'utf8');
  const { cases }: { cases: readonly InitCase[] } = JSON.parse(text);
  return RECORDED.map((number) => {
    const found = cases.find(({ name }) => name.startsWith(`${number} `));
    if (!found) throw new Error(`There is no case ${number}.`);
    const args = found.args.map((arg) => arg.replace(FLAG, ''));
    return { name: found.name, files: found.files, args, refusedBecause: STRICTER[number] };
  });
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
    refusedBecause: 'Terraform takes it as it stands, and OpenTofu evaluates it',
  },
  ofArgs('JSON of an unknown name', ['f.json'], { 'f.json': '{"buckett": "a"}' }),
  ofArgs('JSON of an object', ['f.json'], { 'f.json': '{"endpoints": {"s3": "http://127.0.0.1:5077"}}' }),
];
