import { describe, expect, test } from '@jest/globals';
import { type ConfigScene, configOf, JOB_STARTED_AT, problemsOf, settingsOf, textsOf } from './scene.js';

const BLOCK = `terraform {
  backend "s3" {
    bucket = "states"
    key    = "k"
    region = "us-east-1"
  }
}
`;
const MAIN = { '/w/main.tf': BLOCK };
const PARTIAL = { '/w/main.tf': 'terraform {\n  backend "s3" {\n    region = "us-east-1"\n  }\n}\n' };
const STATE = '/w/.terraform/terraform.tfstate';
const SELECTED = '/w/.terraform/environment';
const BEFORE = JOB_STARTED_AT - 1;

/** What `init` records: all attributes, null where they are not set. */
function record(config: Readonly<Record<string, unknown>>, type = 's3'): string {
  return JSON.stringify({ version: 3, backend: { type, config: { acl: null, ...config }, hash: 1 } });
}
const DEV = record({ bucket: 'states', key: 'dev', region: 'us-east-1' });

/** What makes the folder one of the inputs' state. */
const INPUTS = { bucket: 'states', key: 'k', region: 'us-east-1' };

const problems = (scene: ConfigScene, text = '') => problemsOf(text, scene);
const places = (scene: ConfigScene, text = '') => {
  const { backend } = settingsOf(text, scene);
  return [backend.bucket, backend.statePath];
};

describe('without the input bucket, the folder says which state it is', () => {
  test.each<[string, ConfigScene, readonly string[]]>([
    ['its block', { files: MAIN }, ['states', 'k']],
    [
      'that of JSON',
      {
        files: {
          '/w/x.tf.json': '{"terraform":[{"backend":[{"s3":[{"bucket":"json","key":"k","region":"r"}]}]}]}',
        },
      },
      ['json', 'k'],
    ],
    [
      'that of a working directory',
      {
        files: { '/w/a/b/main.tf': BLOCK, '/w/main.tf': BLOCK.replace('"k"', '"root"') },
        inputs: { working_directory: 'a/b' },
      },
      ['states', 'k'],
    ],
    ['an input over it', { files: MAIN, inputs: { key: 'mine' } }, ['states', 'mine']],
    [
      'flags of the environment over it',
      { files: MAIN, env: { TF_CLI_ARGS_init: '-upgrade "-backend-config=key=flag"' } },
      ['states', 'flag'],
    ],
    ['what this job initialised, over its block', { files: { ...MAIN, [STATE]: DEV } }, ['states', 'dev']],
    [
      'what this job initialised, over flags of the environment, which its command line went before',
      { files: { ...MAIN, [STATE]: DEV }, env: { TF_CLI_ARGS_init: '-backend-config=key=flag' } },
      ['states', 'dev'],
    ],
    [
      'what was initialised before this job, over nothing',
      { files: { ...MAIN, [STATE]: DEV }, writtenAt: { [STATE]: BEFORE } },
      ['states', 'k'],
    ],
    [
      'what this job initialised, where its block has a variable that was written later',
      {
        files: { '/w/main.tf': BLOCK.replace('"k"', 'var.key'), [STATE]: DEV },
        writtenAt: { '/w/main.tf': JOB_STARTED_AT + 1 },
      },
      ['states', 'dev'],
    ],
    [
      'what this job initialised, where its block was written later and says the same in other words',
      {
        files: {
          '/w/main.tf': BLOCK.replace('"k"', '"dev"').replace(
            '  }\n}',
            '  encrypt = "1"\n  acl = ""\n  }\n}',
          ),
          [STATE]: record({ bucket: 'states', key: 'dev', region: 'us-east-1', encrypt: true }),
        },
        writtenAt: { '/w/main.tf': JOB_STARTED_AT + 1 },
      },
      ['states', 'dev'],
    ],
    [
      'the block over what was initialised before this job with another type',
      { files: { ...MAIN, [STATE]: record({ path: 'x' }, 'local') }, writtenAt: { [STATE]: BEFORE } },
      ['states', 'k'],
    ],
    [
      'the block over a record of before this job that is a link out of the workspace',
      { files: { ...MAIN, [STATE]: DEV }, links: [STATE], writtenAt: { [STATE]: BEFORE } },
      ['states', 'k'],
    ],
    [
      'flags that complete a block, over how it was completed before this job',
      {
        files: { ...PARTIAL, [STATE]: DEV },
        writtenAt: { [STATE]: BEFORE },
        env: { TF_CLI_ARGS_init: '-backend-config=bucket=states -backend-config= -backend-config=key=k' },
      },
      ['states', 'k'],
    ],
    [
      'an override file, the last of them',
      {
        files: {
          ...MAIN,
          '/w/a_override.tf': BLOCK.replace('"k"', '"a"'),
          '/w/override.tf': BLOCK.replace('"k"', '"over"'),
        },
      },
      ['states', 'over'],
    ],
    ['no folder of such a name', { files: { ...MAIN, '/w/x.tf/y': 'z' } }, ['states', 'k']],
    [
      'no file that has no such block, however broken it is',
      { files: { ...MAIN, '/w/broken.tf': 'resource "x" {' } },
      ['states', 'k'],
    ],
    [
      'the data folder that the environment names',
      { files: { ...MAIN, '/d/terraform.tfstate': DEV }, env: { TF_DATA_DIR: '/d' } },
      ['states', 'dev'],
    ],
    [
      'a record without a configuration, over nothing',
      { files: { ...MAIN, '/w/x/.terraform/terraform.tfstate': DEV } },
      ['states', 'k'],
    ],
    [
      'the workspace that this job selected',
      { files: { ...MAIN, [SELECTED]: 'blue\n' } },
      ['states', 'env:/blue/k'],
    ],
    [
      'not one that was selected before, where the environment names one',
      {
        files: { ...MAIN, [SELECTED]: 'blue' },
        writtenAt: { [SELECTED]: BEFORE },
        env: { TF_WORKSPACE: 'default' },
      },
      ['states', 'k'],
    ],
    [
      'nor where an input does',
      {
        files: { ...MAIN, [SELECTED]: 'blue' },
        writtenAt: { [SELECTED]: BEFORE },
        inputs: { workspace: 'red' },
      },
      ['states', 'env:/red/k'],
    ],
    [
      'the default one, whenever it was selected',
      { files: { ...MAIN, [SELECTED]: 'default' }, writtenAt: { [SELECTED]: BEFORE } },
      ['states', 'k'],
    ],
    [
      'TF_WORKSPACE over the selected one',
      { files: { ...MAIN, [SELECTED]: 'blue' }, env: { TF_WORKSPACE: 'green' } },
      ['states', 'env:/green/k'],
    ],
    [
      'the input over both',
      {
        files: { ...MAIN, [SELECTED]: 'blue' },
        env: { TF_WORKSPACE: 'green' },
        inputs: { workspace: 'red' },
      },
      ['states', 'env:/red/k'],
    ],
  ])('%s', (_, scene, place) => expect(places(scene)).toEqual(place));

  test('backend_config over all that is found', () => {
    const files = { ...PARTIAL, '/w/prod.hcl': 'bucket = "states"\nkey = "prod"\n' };
    expect(places({ files }, 'prod.hcl')).toEqual(['states', 'prod']);
    expect(places({ files: { ...MAIN, [STATE]: DEV } }, 'key=line')).toEqual(['states', 'line']);
    const env = { TF_CLI_ARGS_init: '-backend-config=key=flag' };
    expect(places({ files: MAIN, env }, 'key=line')).toEqual(['states', 'line']);
  });

  test('backend_config over the block, where this job was initialised for another environment', () => {
    const dev = record({ bucket: 'states', key: 'dev', region: 'us-east-1', workspace_key_prefix: 'dev' });
    const files = {
      ...PARTIAL,
      [STATE]: dev,
      [SELECTED]: 'blue',
      '/w/prod.hcl': 'bucket = "states"\nkey = "prod"\n',
    };
    expect(places({ files }, 'prod.hcl')).toEqual(['states', 'env:/blue/prod']);
    expect(places({ files }, 'key=dev')).toEqual(['states', 'dev/blue/dev']);
    expect(problems({ files }, 'key=prod')).toEqual([
      '"bucket" is not set by the backend at main.tf:2:3: give "backend_config" what "terraform init" is given.',
    ]);
    expect(places({ files, env: { TF_CLI_ARGS_init: '-backend-config=bucket=flag' } }, 'key=prod')).toEqual([
      'flag',
      'env:/blue/prod',
    ]);
  });

  test('and the log can say where each value is from', () => {
    const { used } = configOf('acl=private', {
      files: MAIN,
      env: { TF_CLI_ARGS_init: '-backend-config=key=f' },
    }).remarks;
    expect(used.map(({ name, place }) => [name, place])).toEqual([
      ['bucket', { kind: 'block', path: 'main.tf', position: { line: 3, column: 5 } }],
      ['key', { kind: 'variable', variable: 'TF_CLI_ARGS_init' }],
      ['region', { kind: 'block', path: 'main.tf', position: { line: 5, column: 5 } }],
      ['acl', { kind: 'line', line: 1 }],
    ]);
  });
});

const OTHER_FOLDER = 'Where Terraform runs in another folder, say which with "working_directory".';
const NOT_LOCAL = 'Lockkeeper holds locks of the backend "s3" alone; the local one comes later.';

describe('what cannot be known is an error, with its place and the way out', () => {
  test.each<[string, ConfigScene, readonly string[]]>([
    [
      'no checkout',
      { inputs: { region: 'r' } },
      [
        'The workspace is empty: check out the repository before this step (actions/checkout). Else give the inputs "bucket" and "key".',
      ],
    ],
    [
      'no checkout, and a folder',
      { inputs: { region: 'r', working_directory: 'infra', key: 'k' } },
      [
        'The workspace is empty: check out the repository before this step (actions/checkout). Else give the input "bucket".',
      ],
    ],
    [
      'no configuration',
      { inputs: { region: 'r' }, files: { '/w/README.md': 'x', '/w/.git/x.tf': BLOCK } },
      [
        'No configuration of Terraform is in the workspace: say with "working_directory" which folder it is in, or check out the ' +
          'repository before this step. Else give the inputs "bucket" and "key".',
      ],
    ],
    [
      'no configuration but in folders',
      {
        inputs: { region: 'r' },
        files: {
          '/w/live/prod/main.tf': BLOCK,
          '/w/infra/main.tf': BLOCK,
          '/w/modules/vpc/main.tf': 'locals {}\n',
          '/w/cluster/x.lokocfg': '',
          '/w/link/main.tf': BLOCK,
          '/w/node_modules/x/main.tf': BLOCK,
        },
        links: ['/w/link'],
      },
      [
        'No configuration of Terraform is in the workspace: say with "working_directory" which folder it is in, or check out the ' +
          'repository before this step. A backend is in: cluster, infra, live/prod. Else give the inputs "bucket" and "key".',
      ],
    ],
    [
      'more folders than one wants to read of',
      {
        inputs: { region: 'r', working_directory: 'x' },
        files: Object.fromEntries([...'gfedcba'].map((name) => [`/w/${name}/main.tf`, BLOCK])),
      },
      [
        'There is no folder x: correct "working_directory". A backend is in: a, b, c, d, e. Else give the inputs "bucket" and "key".',
      ],
    ],
    [
      'more than is looked at',
      {
        inputs: { region: 'r' },
        files: {
          ...Object.fromEntries(Array.from({ length: 2001 }, (_, index) => [`/w/a/${index}`, ''])),
          '/w/b/main.tf': BLOCK,
        },
      },
      [
        'No configuration of Terraform is in the workspace: say with "working_directory" which folder it is in, or check out the ' +
          'repository before this step. Else give the inputs "bucket" and "key".',
      ],
    ],
    [
      'a folder outside of the workspace',
      { inputs: { region: 'r', working_directory: '../x' }, files: { '/x/main.tf': BLOCK, ...MAIN } },
      [
        'Nothing is looked for in /x, outside of the workspace: correct "working_directory". A backend is in: the workspace. Else ' +
          'give the inputs "bucket" and "key".',
        'Input "working_directory" must be a folder in the workspace; got "../x".',
      ],
    ],
    [
      'the rest of a state of which the bucket alone is an input',
      { inputs: { region: 'r', bucket: 'states' }, files: MAIN },
      [
        'Input "key" is required beside "bucket". Or give neither: without "bucket", the backend of the configuration counts.',
      ],
    ],
    [
      'a text without its quotes',
      { files: { '/w/main.tf': BLOCK.replace('"k"', 'network') } },
      [
        '"key" needs a variable, or quotes around its text, at main.tf:4:14. Terraform allows no variables and functions there. ' +
          'OpenTofu does: run "tofu init" before this step, which records the value. Else write it there, or as a line key=… of ' +
          '"backend_config".',
      ],
    ],
    [
      'no block',
      { inputs: { region: 'r' }, files: { '/w/main.tf': 'locals {}\n' } },
      [
        'The configuration in the workspace has no backend block: Terraform would keep the state in a file of the machine. Lockkeeper ' +
          `holds locks of the backend "s3" alone; the local one comes later. ${OTHER_FOLDER}`,
      ],
    ],
    [
      'a partial block',
      { files: PARTIAL },
      [
        '"bucket" is not set by the backend at main.tf:2:3: give "backend_config" what "terraform init" is given.',
        '"key" is not set by the backend at main.tf:2:3: give "backend_config" what "terraform init" is given.',
      ],
    ],
    [
      'a partial block, completed by an earlier run',
      { files: { ...PARTIAL, [STATE]: DEV }, writtenAt: { [STATE]: BEFORE } },
      [
        'The backend block at main.tf:2:3 does not set "bucket", "key". .terraform/terraform.tfstate does, but was recorded before ' +
          'this job, and this job may run "terraform init" otherwise. Give "backend_config" what "init" is given, or run ' +
          '"terraform init" before this step.',
      ],
    ],
    [
      'a record that is nested without an end',
      {
        files: {
          ...PARTIAL,
          [STATE]: DEV.replace('null', `${'{"x":'.repeat(20_000)}1${'}'.repeat(20_000)}`),
        },
      },
      ['"acl" in .terraform/terraform.tfstate must be a text; got a object.'],
    ],
    [
      'a record of this job that is behind a link out of the workspace',
      { files: { ...MAIN, [STATE]: DEV }, links: [STATE] },
      [
        'This job has written .terraform/terraform.tfstate, which is behind a link that leads out of the workspace, where nothing ' +
          'is looked for. Name its folder in TF_DATA_DIR, or give what it says as inputs, with "discover: false".',
      ],
    ],
    [
      'a workspace that was selected before this job, which may select it again without a trace',
      { files: { ...MAIN, [SELECTED]: 'blue' }, writtenAt: { [SELECTED]: BEFORE } },
      [
        '.terraform/environment selects the workspace "blue", and was written before this job, which may select another. Say which ' +
          'it is in the input "workspace" or in TF_WORKSPACE; "default" is one too.',
      ],
    ],
    [
      'a block that was changed since this job initialised it',
      { files: { ...MAIN, [STATE]: DEV }, writtenAt: { '/w/main.tf': JOB_STARTED_AT + 1 } },
      [
        'What main.tf:4:5 says is not what .terraform/terraform.tfstate recorded before that file was written. Terraform refuses to ' +
          'work like that: run "terraform init -reconfigure" before this step.',
      ],
    ],
    [
      'a block that sets more since this job initialised it',
      {
        files: {
          '/w/main.tf': BLOCK.replace('"k"', '"dev"').replace('  }\n}', '  acl = "private"\n  }\n}'),
          [STATE]: DEV,
        },
        writtenAt: { '/w/main.tf': JOB_STARTED_AT + 1 },
      },
      [
        'What main.tf:6:3 says is not what .terraform/terraform.tfstate recorded before that file was written. Terraform refuses to ' +
          'work like that: run "terraform init -reconfigure" before this step.',
      ],
    ],
    [
      'a record without a configuration',
      { files: { [STATE]: DEV }, inputs: { region: 'r', key: 'k' } },
      [
        'No configuration of Terraform is in the workspace: say with "working_directory" which folder it is in, or check out the ' +
          'repository before this step. Else give the input "bucket".',
      ],
    ],
    [
      'a block that has another type since this job initialised it',
      {
        inputs: { region: 'r' },
        files: { '/w/main.tf': 'terraform {\n  backend "gcs" {}\n}\n', [STATE]: DEV },
        writtenAt: { '/w/main.tf': JOB_STARTED_AT + 1 },
      },
      [
        'What main.tf:2:3 says is not what .terraform/terraform.tfstate recorded before that file was written. Terraform refuses to ' +
          'work like that: run "terraform init -reconfigure" before this step.',
      ],
    ],
    [
      'two blocks',
      { files: { ...MAIN, '/w/z.tf': BLOCK } },
      ['Two blocks say where the state lives, and only one may: main.tf:2:3 and z.tf:2:3. Remove one.'],
    ],
    [
      'a variable',
      { files: { '/w/main.tf': BLOCK.replace('"k"', 'var.key') } },
      [
        '"key" needs a variable (var.key) at main.tf:4:14. Terraform allows no variables and functions there. OpenTofu does: run ' +
          '"tofu init" before this step, which records the value. Else write it there, or as a line key=… of "backend_config".',
      ],
    ],
    [
      'an index',
      { files: { '/w/main.tf': BLOCK.replace('"k"', '["k"][0]') } },
      [
        '"key" needs a part of another value at main.tf:4:14. Lockkeeper works out no such value. Write it there, or as a line ' +
          'key=… of "backend_config".',
      ],
    ],
    [
      'a broken file',
      { files: { '/w/main.tf': 'terraform {\n  backend "s3" {\n    key = "a" "b"\n  }\n}\n' } },
      ['HCL refuses the file at main.tf:3:15. A newline must follow the argument or block.'],
    ],
    [
      'a block in the block',
      { files: { '/w/main.tf': BLOCK.replace('key ', 'assume_role {\n    }\n    key ') } },
      [
        '"assume_role" at main.tf:4:5 is a block, which a backend cannot have. Write it as assume_role = { … }.',
      ],
    ],
    [
      'a name that is none',
      { files: { '/w/main.tf': BLOCK.replace('bucket', 'buckett') } },
      ['"buckett" in main.tf:3 is no attribute of the S3 backend. Did you mean "bucket"?'],
    ],
    [
      'a link that leads out of the workspace',
      { files: MAIN, links: ['/w/main.tf'], inputs: { region: 'r' } },
      [
        'The file main.tf cannot be read, or is a link that leads out of the workspace, where nothing is looked for. What it says of ' +
          'the backend can be given in "backend_config", with "discover: false".',
      ],
    ],
    [
      'flags that Terraform would not read as a whole',
      { files: MAIN, env: { TF_CLI_ARGS_init: '-backend-config="key=x' } },
      [
        'The environment variable "TF_CLI_ARGS_init" must be what Terraform reads as a whole, and a quote (") is not closed.',
      ],
    ],
    [
      'another backend',
      { inputs: { region: 'r' }, files: { '/w/main.tf': 'terraform {\n  backend "gcs" {}\n}\n' } },
      [
        `The backend is "gcs" by main.tf:2:3. Lockkeeper holds locks of the backend "s3" alone. ${OTHER_FOLDER}`,
      ],
    ],
    [
      'the local backend',
      { inputs: { region: 'r' }, files: { '/w/main.tf': 'terraform {\n  backend "local" {}\n}\n' } },
      [`The backend is "local" by main.tf:2:3. ${NOT_LOCAL} ${OTHER_FOLDER}`],
    ],
    [
      'another backend that this job initialised',
      { inputs: { region: 'r' }, files: { ...MAIN, [STATE]: record({}, 'local') } },
      [`The backend is "local" by .terraform/terraform.tfstate. ${NOT_LOCAL} ${OTHER_FOLDER}`],
    ],
    [
      'a cloud block',
      { inputs: { region: 'r' }, files: { '/w/main.tf': 'terraform {\n  cloud {}\n}\n' } },
      [
        `main.tf:2:3 is a cloud block: HCP Terraform keeps such a state, and locks it itself, without this step. ${OTHER_FOLDER}`,
      ],
    ],
    [
      'a wrong "discover"',
      { files: MAIN, inputs: { discover: 'no' } },
      ['Input "discover" must be true or false; got "no".'],
    ],
  ])('%s', (_, scene, expected) => expect(problems(scene)).toEqual(expected));
});

test('a broken file of JSON is named as such', () => {
  const files = { '/w/main.tf.json': '{"terraform": {"backend": ' };
  expect(problems({ files, inputs: { region: 'r' } })).toEqual([
    expect.stringMatching(/^JSON refuses the file at main\.tf\.json:1:\d+\. /),
  ]);
});

describe('with the input bucket, the folder is compared with the inputs', () => {
  const differing = { '/w/main.tf': BLOCK.replace('"k"', '"other"') };
  const DIFFERENCE = '"key" in main.tf:4 is "other", but input "key" is "k".';

  test("a difference is a warning, for the folder may be another job's", () => {
    const scene = { files: differing, inputs: INPUTS };
    expect(problems(scene)).toEqual([]);
    expect(configOf('', scene).remarks.differences).toEqual([DIFFERENCE]);
  });

  test('and an error in the folder that was named', () => {
    const scene = { files: differing, inputs: { ...INPUTS, working_directory: '.' } };
    expect(problems(scene)).toEqual([DIFFERENCE]);
    expect(configOf('', scene).remarks.differences).toEqual([]);
  });

  const differences = (files: ConfigScene['files'], more: ConfigScene = {}, text = '') =>
    configOf(text, { ...more, files, inputs: { ...INPUTS, ...more.inputs } }).remarks.differences;
  const block = (line: string) => ({ '/w/main.tf': BLOCK.replace('  }\n}', `  ${line}\n  }\n}`) });

  test.each<[string, ConfigScene, string]>([
    [
      'use_lockfile = true',
      {},
      '"use_lockfile" in main.tf:6 is "true", but "use_lockfile" is not set here, by an input or the environment.',
    ],
    [
      'dynamodb_table = "locks"',
      {},
      '"dynamodb_table" in main.tf:6 is "locks", but "dynamodb_table" is not set here, by an input or the environment.',
    ],
    [
      'dynamodb_table = "locks"',
      { inputs: { dynamodb_table: 'lock' } },
      '"dynamodb_table" in main.tf:6 is "locks", but input "dynamodb_table" is "lock".',
    ],
    [
      'endpoint = "https://minio"',
      {},
      '"endpoint" in main.tf:6 is "https://minio", but "endpoint" is not set here, by an input or the environment.',
    ],
    [
      'endpoint = "https://minio"',
      { env: { AWS_ENDPOINT_URL: 'https://other' } },
      '"endpoint" in main.tf:6 is "https://minio", but environment variable "AWS_ENDPOINT_URL" is "https://other".',
    ],
    [
      'workspace_key_prefix = "w"',
      {},
      '"workspace_key_prefix" in main.tf:6 is "w", but "workspace_key_prefix" is not set here, by an input or the environment.',
    ],
  ])('%s, %j', (line, more, sentence) => expect(differences(block(line), more)).toEqual([sentence]));

  test.each<[string, ConfigScene]>([
    ['', {}],
    ['use_lockfile = true', { inputs: { use_lockfile: 'TRUE', dynamodb_table: 'locks' } }],
    ['use_lockfile = false', { inputs: { use_lockfile: 'true' } }],
    ['use_lockfile = true', { inputs: { lock_scope: 'pipeline' } }],
    ['dynamodb_table = "locks"', { inputs: { lock_scope: 'pipeline' } }],
    [
      'dynamodb_table = "locks"',
      { inputs: { dynamodb_table: 'arn:aws:dynamodb:us-east-1:123456789012:table/locks' } },
    ],
    ['endpoint = "https://minio"', { inputs: { endpoint: 'https://minio/' } }],
    ['endpoint = "minio"', { inputs: { endpoint: 'minio' } }],
    ['acl = "private"', {}],
    ['kms_key_id = var.key', {}],
  ])('no difference: %s, %j', (line, more) => expect(differences(block(line), more)).toEqual([]));

  test.each<[string, ConfigScene['files'], readonly string[]]>([
    [
      'a workspace',
      { ...MAIN, [SELECTED]: 'blue' },
      [
        'The workspace that .terraform/environment selects is "blue", but "workspace" is not set here, by an input or the environment.',
      ],
    ],
    [
      'what this job initialised',
      { ...MAIN, [STATE]: DEV },
      ['"key" in .terraform/terraform.tfstate is "dev", but input "key" is "k".'],
    ],
    [
      'another backend',
      { '/w/main.tf': 'terraform {\n  backend "local" {}\n}\n' },
      [`The backend is "local" by main.tf:2:3. ${NOT_LOCAL}`],
    ],
    [
      'what cannot be read',
      { '/w/main.tf': 'terraform {\n  backend' },
      ['HCL refuses the file at main.tf:1:11. This brace is not closed before the end of the text.'],
    ],
    ['nothing', {}, []],
  ])('%s', (_, files, expected) => expect(differences(files)).toEqual(expected));

  test('what backend_config says is what init is told, and no difference', () => {
    expect(differences(differing, {}, 'key=k')).toEqual([]);
  });

  test("an earlier run's record is no difference, and no reason to stop", () => {
    const writtenAt = { [STATE]: BEFORE };
    expect(differences({ ...PARTIAL, [STATE]: DEV }, { writtenAt })).toEqual([]);
    expect(differences({ ...MAIN, [STATE]: DEV }, { writtenAt })).toEqual([]);
  });

  test('a workspace that an earlier job selected may be another than the one of this step', () => {
    const files = { ...MAIN, [SELECTED]: 'blue' };
    const writtenAt = { [SELECTED]: BEFORE };
    expect(differences(files, { writtenAt })).toEqual([
      expect.stringMatching(
        /^\.terraform\/environment selects the workspace "blue", and was written before this job/,
      ),
    ]);
    expect(differences(files, { writtenAt, inputs: { workspace: 'default' } })).toEqual([]);
    const inputs = { ...INPUTS, working_directory: '.' };
    expect(problems({ files, writtenAt, inputs })).toHaveLength(1);
  });

  test('its values are not used', () => {
    const scene = { files: block('acl = "private"'), inputs: INPUTS };
    expect(textsOf('', scene)).toEqual({});
    expect(settingsOf('', scene).backend.acl).toBeUndefined();
  });
});

test('Terraform runs where a linked folder leads, and what is above is above that', () => {
  const files = {
    '/w/stacks/app/main.tf': PARTIAL['/w/main.tf'],
    '/w/stacks/prod.hcl': 'bucket = "states"\nkey = "p"\n',
  };
  const scene = { files, leadsTo: { '/w/app': '/w/stacks/app' }, inputs: { working_directory: 'app' } };
  expect(places(scene, '../prod.hcl')).toEqual(['states', 'p']);
});

test('of a record, no more names are told of than a block may have', () => {
  const names = Object.fromEntries(Array.from({ length: 3_000 }, (_, index) => [`name_${index}`, 'x']));
  const told = configOf('', { files: { ...MAIN, [STATE]: record(names) } }).problems;
  expect(told.filter((problem) => problem.includes('no attribute'))).toHaveLength(999);
});

test('a backend that backend_config names, and not the folder, is not stopped by what is in the workspace', () => {
  const files = { '/w/main.tf': 'locals {}\n' };
  const text = 'bucket=states\nkey=k\nregion=us-east-1';
  expect(problems({ files }, text)).toEqual([]);
  expect(configOf(text, { files }).remarks.differences).toEqual([
    expect.stringContaining('has no backend block'),
  ]);
  expect(problems({ files, inputs: { working_directory: '.' } }, text)).toEqual([
    expect.stringContaining('has no backend block'),
  ]);
});

test('an input that goes before what is found gets a warning, for Terraform follows the configuration', () => {
  const differences = (inputs: Readonly<Record<string, string>>, text = '') =>
    configOf(text, { files: MAIN, inputs }).remarks.differences;
  expect(differences({ key: 'mine' })).toEqual(['"key" in main.tf:4 is "k", but input "key" is "mine".']);
  expect(differences({ key: 'mine', working_directory: '.' })).toHaveLength(1);
  expect(differences({ key: 'k', region: 'us-east-1', acl: 'private' })).toEqual([]);
  // That is what `init` is told as well, and the log says which wins.
  expect(differences({ key: 'mine' }, 'key=line')).toEqual([]);
  const env = { AWS_REGION: 'eu-west-1' };
  expect(configOf('', { files: MAIN, env }).remarks.differences).toEqual([]);
});

test('nothing is looked for with "discover: false"', () => {
  const inputs = { discover: 'false' };
  expect(problems({ files: MAIN, inputs: { ...inputs, region: 'r' } })).toEqual([
    'Input "bucket" is required.',
    'Input "key" is required.',
  ]);
  const scene = { files: { ...MAIN, [STATE]: DEV }, inputs: { ...INPUTS, ...inputs, key: 'x' } };
  expect(configOf('', scene).remarks.differences).toEqual([]);
});

describe('secrets that are found are masked, whatever becomes of them', () => {
  const block = BLOCK.replace('  }\n}', '  secret_key = "hush"\n  access_key = "AK"\n  }\n}');
  test.each<[string, ConfigScene]>([
    ['in a block', { files: { '/w/main.tf': block } }],
    ['in a block that is only compared', { files: { '/w/main.tf': block }, inputs: INPUTS }],
    ['in a record', { files: { ...MAIN, [STATE]: record({ bucket: 'b', key: 'k', secret_key: 'hush' }) } }],
    ['in flags', { files: MAIN, env: { TF_CLI_ARGS_init: '-backend-config=secret_key=hush' } }],
  ])('%s', (_, scene) => expect(configOf('', scene).secrets).toContain('hush'));

  test('also those of a record that does not count', () => {
    const files = { ...MAIN, [STATE]: record({ secret_key: 'hush' }) };
    expect(configOf('', { files, writtenAt: { [STATE]: BEFORE } }).secrets).toContain('hush');
    const old = { '/w/main.tf': 'locals {}\n', [STATE]: record({ secret_key: 'hush' }) };
    expect(configOf('', { files: old, writtenAt: { [STATE]: BEFORE } }).secrets).toContain('hush');
  });

  test('and one in a block is most likely in the repository', () => {
    const told = (scene: ConfigScene) =>
      configOf('', scene).remarks.secretsInWorkspace.map(({ name }) => name);
    expect(told({ files: { '/w/main.tf': block } })).toEqual(['secret_key', 'access_key']);
    expect(told({ files: { ...MAIN, [STATE]: record({ secret_key: 'hush' }) } })).toEqual([]);
  });
});
