// biome-ignore-all lint/suspicious/noTemplateCurlyInString: HCL has templates of its own.

/** A folder of Lokomotive, and what `lokoctl` makes of its backend: the interop test asks it. */
export interface LokocfgCase {
  readonly title: string;
  /** By their names in the folder; below `~` those of the home folder. */
  readonly files: Readonly<Record<string, string>>;
  /** `unwritable` is what `lokoctl` accepts, and makes broken or other configuration of. */
  readonly outcome: Readonly<Record<string, string>> | 'local' | 'none' | 'refused' | 'unwritable';
  /** The beginning of what we say of a refusal. */
  readonly because?: string;
}

/** Stands for the home folder in what is expected. */
export const HOME_MARK = '<home>';

const s3 = (body: string) => `backend "s3" {\n${body}\n}\n`;
const BUCKET_AND_KEY = 'bucket = "b"\nkey = "k"';
const PLAIN = { bucket: 'b', key: 'k' };

const READ: readonly LokocfgCase[] = [
  {
    title: 'the example of the documentation',
    files: {
      's3_backend.lokocfg': s3(
        '  bucket         = "state"\n  key            = "a/terraform.tfstate"\n  region         = "eu-central-1"\n' +
          '  aws_creds_path = "/creds"\n  dynamodb_table = "locks"',
      ),
    },
    outcome: {
      bucket: 'state',
      key: 'a/terraform.tfstate',
      region: 'eu-central-1',
      aws_creds_path: '/creds',
      dynamodb_table: 'locks',
    },
  },
  { title: 'the least', files: { 'a.lokocfg': s3(BUCKET_AND_KEY) }, outcome: PLAIN },
  { title: 'a file without a name', files: { '.lokocfg': s3(BUCKET_AND_KEY) }, outcome: PLAIN },
  {
    title: 'optional arguments that are empty',
    files: { 'a.lokocfg': s3(`${BUCKET_AND_KEY}\nregion = ""\naws_creds_path = ""\ndynamodb_table = ""`) },
    outcome: PLAIN,
  },
  {
    title: 'numbers and booleans',
    files: { 'a.lokocfg': s3('bucket = 12.50\nkey = true') },
    outcome: { bucket: '12.5', key: 'true' },
  },
  {
    title: 'files that have another ending, or are in another folder',
    files: {
      'a.lokocfg': s3(BUCKET_AND_KEY),
      'b.lokocfg.bak': 'x = 1',
      'sub/c.lokocfg': 'x = 1',
      'd.tf': 'x = 1',
    },
    outcome: PLAIN,
  },
  {
    title: 'variables with a default, and with a value from lokocfg.vars',
    files: {
      'a.lokocfg': s3('bucket = var.one\nkey = "${var.two}/${var.three}.tfstate"'),
      'b.lokocfg':
        'variable "one" { default = "b" }\nvariable "two" {\n  type = string\n  default = "no"\n}\nvariable "three" {}\n',
      'lokocfg.vars': 'two = "t"\nthree = 3\nundeclared = "x"\n',
    },
    outcome: { bucket: 'b', key: 't/3.tfstate' },
  },
  {
    title: 'a variable that is declared twice',
    files: {
      'a.lokocfg': 'variable "v" { default = "first" }\n',
      'b.lokocfg': `variable "v" { default = "last" }\n${s3('bucket = var.v\nkey = "k"')}`,
      'c.lokocfg': 'variable "v" {}\n',
    },
    outcome: { bucket: 'last', key: 'k' },
  },
  {
    title: 'a variable without a value that nothing needs',
    files: { 'a.lokocfg': `variable "v" {}\n${s3(BUCKET_AND_KEY)}` },
    outcome: PLAIN,
  },
  {
    title: 'a default that needs a function, and is not needed',
    files: {
      'a.lokocfg': `variable "v" { default = pathexpand("~") }\n${s3('bucket = var.v\nkey = "k"')}`,
      'lokocfg.vars': 'v = "given"\n',
    },
    outcome: { bucket: 'given', key: 'k' },
  },
  {
    title: 'null in lokocfg.vars that nothing needs',
    files: { 'a.lokocfg': `variable "v" {}\n${s3(BUCKET_AND_KEY)}`, 'lokocfg.vars': 'v = null\n' },
    outcome: PLAIN,
  },
  ...['~', '~/', '~/.aws/credentials', '~/a//b/../c/', '/x', 'x/~', ''].map((path) => ({
    title: `pathexpand("${path}")`,
    files: { 'a.lokocfg': s3(`${BUCKET_AND_KEY}\naws_creds_path = pathexpand("${path}")`) },
    outcome: { ...PLAIN, ...credentials(path) },
  })),
  {
    title: 'aws_creds_path is not expanded by itself',
    files: { 'a.lokocfg': s3(`${BUCKET_AND_KEY}\naws_creds_path = "~/.aws/credentials"`) },
    outcome: { ...PLAIN, aws_creds_path: '~/.aws/credentials' },
  },
  {
    title: 'file() of the folder and of the home folder',
    files: {
      'a.lokocfg': s3('bucket = file("sub/bucket.txt")\nkey = "${file(pathexpand("~/key.txt"))}/k"'),
      'sub/bucket.txt': 'from-file',
      '~/key.txt': 'of-home',
    },
    outcome: { bucket: 'from-file', key: 'of-home/k' },
  },
  {
    title: 'signs that mean something in other places only',
    files: { 'a.lokocfg': s3('bucket = "b"\nkey = "it\'s $ % $x #1 //2 /*3 } é"') },
    outcome: { bucket: 'b', key: "it's $ % $x #1 //2 /*3 } é" },
  },
  {
    title: 'components, whatever is in them',
    files: { 'a.lokocfg': `component "a" {\n  x = lower(file("none"))\n  y {}\n}\n${s3(BUCKET_AND_KEY)}` },
    outcome: PLAIN,
  },
  { title: 'the local backend', files: { 'a.lokocfg': 'backend "local" {}\n' }, outcome: 'local' },
  {
    title: 'the local backend with a path',
    files: { 'a.lokocfg': 'backend "local" {\n  path = pathexpand("~/state")\n}\n' },
    outcome: 'local',
  },
  { title: 'no backend', files: { 'a.lokocfg': 'variable "v" {}\n' }, outcome: 'none' },
];

function credentials(path: string): { aws_creds_path?: string } {
  if (path === '') return {};
  const expanded = path === '~/a//b/../c/' ? '~/a/c' : path === '~/' ? '~' : path;
  return { aws_creds_path: expanded.replace(/^~/, HOME_MARK) };
}

const UNWRITABLE: readonly LokocfgCase[] = [
  ...['a\\"b', 'a\\\\b', 'a\\nb', 'a\\rb', '$${a}', '%%{if}'].map((text) => ({
    title: `a key of ${text}`,
    files: { 'a.lokocfg': s3(`bucket = "b"\nkey = "${text}"`) },
    outcome: 'unwritable' as const,
    because: '"key" at a.lokocfg:3:1 must have no double quote, backslash, line break',
  })),
  {
    title: 'a file with a line break at its end',
    files: { 'a.lokocfg': s3('bucket = file("f")\nkey = "k"'), f: 'b\n' },
    outcome: 'unwritable',
    because: '"bucket" at a.lokocfg:2:1 must have no double quote, backslash, line break',
  },
];

const [S3_KNOWS, LOCAL_KNOWS] = ['bucket, key, region, aws_creds_path or dynamodb_table', 'path'];

/** The text of `a.lokocfg`, or that and other files, and the beginning of what we say. */
const REFUSALS: readonly (readonly [
  title: string,
  text: string,
  because: string,
  others?: Readonly<Record<string, string>>,
])[] = [
  ['broken HCL', 'backend "s3" {', 'HCL refuses the file at a.lokocfg:1:14. This brace is not closed'],
  ['another block', '\n provider "aws" {}', 'lokoctl does not know what stands at a.lokocfg:2:2. At the top'],
  ['an argument at the top', 'x = 1\n', 'lokoctl does not know what stands at a.lokocfg:1:1. At the top'],
  [
    'a backend without label',
    'backend {}\n',
    'The block at a.lokocfg:1:1 must have one label, as in backend "…"',
  ],
  ['a backend of two labels', 'backend "s3" "x" {}\n', 'The block at a.lokocfg:1:1 must have one label'],
  ['a component of two labels', 'component "a" "b" {}\n', 'The block at a.lokocfg:1:1 must have one label'],
  ['a variable without label', 'variable {}\n', 'The block at a.lokocfg:1:1 must have one label'],
  [
    'two backends in one file',
    `${s3(BUCKET_AND_KEY)}backend "local" {}\n`,
    'The block "backend" at a.lokocfg:1:1 has a second one at a.lokocfg:5:1. lokoctl takes one.',
  ],
  [
    'two backends in two files',
    s3(BUCKET_AND_KEY),
    'The block "backend" at a.lokocfg:1:1 has a second one at b.lokocfg:1:1. lokoctl takes one.',
    { 'b.lokocfg': s3(BUCKET_AND_KEY) },
  ],
  [
    'a backend that lokoctl does not have',
    'backend "gcs" {}\n',
    'lokoctl has no such backend as the one at a.lokocfg:1:1. It has s3 or local.',
  ],
  ['no bucket', s3('key = "k"'), 'The backend at a.lokocfg:1:1 must have "bucket".'],
  ['no key', s3('bucket = "b"'), 'The backend at a.lokocfg:1:1 must have "key".'],
  ['an empty bucket', s3('bucket = ""\nkey = "k"'), '"bucket" at a.lokocfg:2:1 must not be empty.'],
  ['an empty key', s3('bucket = "b"\nkey = ""'), '"key" at a.lokocfg:3:1 must not be empty.'],
  [
    'an argument of Terraform',
    s3(`${BUCKET_AND_KEY}\nencrypt = true`),
    `lokoctl takes no such argument in a backend as the one at a.lokocfg:4:1. It takes ${S3_KNOWS}.`,
  ],
  [
    'an argument that is mistyped',
    s3(`${BUCKET_AND_KEY}\ndynamo_table = "t"`),
    'lokoctl takes no such argument in a backend as the one at a.lokocfg:4:1. Did you mean "dynamodb_table"?',
  ],
  [
    'an argument of the other backend',
    'backend "local" {\n  bucket = "b"\n}\n',
    `lokoctl takes no such argument in a backend as the one at a.lokocfg:2:3. It takes ${LOCAL_KNOWS}.`,
  ],
  [
    'an argument set twice',
    s3('key = "a"\nkey = "b"'),
    'HCL refuses the file at a.lokocfg:3:1. The argument "key" is set',
  ],
  [
    'a block in a backend',
    s3(`${BUCKET_AND_KEY}\nx {}`),
    'The block at a.lokocfg:4:1 cannot stand in a backend.',
  ],
  ['null', s3('bucket = "b"\nkey = null'), '"key" at a.lokocfg:3:1 must be a text; got null.'],
  [
    'null for an optional argument',
    s3(`${BUCKET_AND_KEY}\nregion = null`),
    '"region" at a.lokocfg:4:1 must be a text',
  ],
  ['a list', s3('bucket = ["b"]\nkey = "k"'), '"bucket" at a.lokocfg:2:1 must be a text; got a list.'],
  [
    'a variable without a value',
    `variable "v" {}\n${s3('bucket = "b"\nkey = "x-${var.v}"')}`,
    'The value of "key" at a.lokocfg:4:1 is not known because of what stands at a.lokocfg:4:12. The variable "v" has no value: give it one in lokocfg.vars, or a default.',
  ],
  [
    'a variable that is not declared',
    s3('bucket = var.v\nkey = "k"'),
    'The value of "bucket" at a.lokocfg:2:1 is not known because of what stands at a.lokocfg:2:10. The variable "v" is not declared, which takes a block variable "v" { }.',
    { 'lokocfg.vars': 'v = "b"\n' },
  ],
  [
    'a text without quotes',
    s3('bucket = b\nkey = "k"'),
    'The value of "bucket" at a.lokocfg:2:1 is not known because of what stands at a.lokocfg:2:10. lokoctl knows no other references than var.<name>. Texts have double quotes.',
  ],
  [
    'a function that lokoctl does not have',
    s3('bucket = lower("B")\nkey = "k"'),
    'The value of "bucket" at a.lokocfg:2:1 is not known because of what stands at a.lokocfg:2:10. The functions of lokoctl are file and pathexpand, with one argument.',
  ],
  [
    'somebody else’s home',
    s3('bucket = pathexpand("~u")\nkey = "k"'),
    'HCL refuses the file at a.lokocfg:2:10. In a path, "~"',
  ],
  [
    'a file that is not there',
    s3('bucket = file("f")\nkey = "k"'),
    'HCL refuses the file at a.lokocfg:2:10. There is no file',
  ],
  [
    'file() does not expand ~',
    s3('bucket = file("~/f")\nkey = "k"'),
    'HCL refuses the file at a.lokocfg:2:10. There is no file',
    { '~/f': 'b' },
  ],
  [
    'functions take one argument',
    s3('bucket = file("f", "f")\nkey = "k"'),
    'HCL refuses the file at a.lokocfg:2:10. The function',
  ],
  [
    'a default that is no literal',
    `variable "v" { default = pathexpand("~") }\n${s3(BUCKET_AND_KEY)}`,
    'At a.lokocfg:1:26, lokoctl allows no variables and functions.',
  ],
  [
    'a block in a variable',
    `variable "v" {\n  validation {}\n}\n${s3(BUCKET_AND_KEY)}`,
    'The block at a.lokocfg:2:3 cannot stand in a variable.',
  ],
  [
    'a value in lokocfg.vars that is no literal',
    s3(BUCKET_AND_KEY),
    'At lokocfg.vars:2:5, lokoctl allows no variables and functions.',
    { 'lokocfg.vars': '\nx = var.y\n' },
  ],
  [
    'a block in lokocfg.vars',
    s3(BUCKET_AND_KEY),
    'HCL refuses the file at lokocfg.vars:1:1. Only arguments can stand here',
    { 'lokocfg.vars': 'x {}\n' },
  ],
  [
    'null from lokocfg.vars',
    `variable "v" { default = "d" }\n${s3('bucket = var.v\nkey = "k"')}`,
    '"bucket" at a.lokocfg:3:1 must be a text; got null.',
    { 'lokocfg.vars': 'v = null\n' },
  ],
];

export const LOKOCFG_CASES: readonly LokocfgCase[] = [
  ...READ,
  ...UNWRITABLE,
  ...REFUSALS.map(
    ([title, text, because, others]): LokocfgCase => ({
      title,
      files: { 'a.lokocfg': text, ...others },
      outcome: 'refused',
      because,
    }),
  ),
];
