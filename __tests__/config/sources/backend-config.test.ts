import { describe, expect, test } from '@jest/globals';
import { parsePlaces } from '../../../src/config/inputs.js';
import { placeWords } from '../../../src/config/sources/source-place.js';
import { HOME } from '../environment.js';
import { type ConfigScene, configOf, environmentOf, problemsOf, settingsOf, textsOf } from './scene.js';

const FILE: ConfigScene['files'] = {
  '/w/prod.tfbackend':
    '# production\nbucket = "states"\nkey    = "prod/\u0024{"x"}.tfstate"\nregion = "eu-west-1"\nuse_lockfile = true\n',
};
const FULL = 'bucket=states\nkey=k\nregion=us-east-1\n';

describe('lines and files say what init would take from them', () => {
  test.each<[string, string, ConfigScene, Record<string, string>]>([
    ['nothing', '', {}, {}],
    ['lines', FULL, {}, { bucket: 'states', key: 'k', region: 'us-east-1' }],
    [
      'a file',
      'prod.tfbackend',
      { files: FILE },
      { bucket: 'states', key: 'prod/x.tfstate', region: 'eu-west-1', use_lockfile: 'true' },
    ],
    ['the last line wins', 'key=a\nkey=b', {}, { key: 'b' }],
    [
      'a line after a file',
      'f\nkey=line',
      { files: { '/w/f': 'key="file"\nacl="private"' } },
      { key: 'line', acl: 'private' },
    ],
    ['a file after a line', 'key=line\nf', { files: { '/w/f': 'key="file"' } }, { key: 'file' }],
    ['null unsets', 'acl=private\nf', { files: { '/w/f': 'acl=null' } }, {}],
    ['null in a line is a text', 'acl=null', {}, { acl: 'null' }],
    ['an empty text unsets', 'region=a\nregion=', {}, {}],
    ['quotes in a line are kept', 'key="x"', {}, { key: '"x"' }],
    ['spaces in a value are kept', 'key= lead ', {}, { key: ' lead ' }],
    ['a line is in form C', 'key=e\u0301', {}, { key: 'é' }],
    [
      'a boolean of a line',
      'encrypt=1\nuse_path_style=false',
      {},
      { encrypt: 'true', use_path_style: 'false' },
    ],
    [
      'a boolean of a file',
      'f',
      { files: { '/w/f': 'encrypt="0"\nuse_lockfile=true' } },
      { encrypt: 'false', use_lockfile: 'true' },
    ],
    [
      'a number',
      'max_retries=1e1\nf',
      { files: { '/w/f': 'key=12.50' } },
      { max_retries: '10', key: '12.5' },
    ],
    ['a boolean for a text', 'f', { files: { '/w/f': 'key=true' } }, { key: 'true' }],
    [
      'JSON by its name',
      'c.json',
      { files: { '/w/c.json': '{"key":"k","max_retries":"4","acl":null}' } },
      { key: 'k', max_retries: '4' },
    ],
    [
      'endpoints',
      'endpoints={s3="http://a",dynamodb="http://b"}',
      {},
      { endpoint: 'http://a', dynamodb_endpoint: 'http://b' },
    ],
    [
      'an object is replaced whole',
      'endpoints={s3="http://a"}\nendpoints={dynamodb="http://b"}',
      {},
      { dynamodb_endpoint: 'http://b' },
    ],
    [
      'null in an object',
      'f',
      { files: { '/w/f': 'endpoints = { s3 = null, dynamodb = "http://b" }' } },
      { dynamodb_endpoint: 'http://b' },
    ],
    ['an object that is null', 'endpoints={s3="http://a"}\nendpoints=null', {}, {}],
    ['an older name', 'force_path_style=true', {}, { use_path_style: 'true' }],
    ['what holds anyway', 'insecure=false\nsts_region=', {}, {}],
    [
      'an empty text, where that is a value',
      'http_proxy=\nhttps_proxy=\nno_proxy=\ncustom_ca_bundle=',
      {},
      { http_proxy: '', https_proxy: '' },
    ],
    ['what is without effect', 'skip_region_validation=true\niam_endpoint=http://x', {}, {}],
  ])('%s', (_, text, scene, values) => {
    const inputs = { ...scene.inputs, discover: 'false' };
    expect(configOf(text, { ...scene, inputs }).problems).toEqual([]);
    expect(textsOf(text, scene)).toEqual(values);
  });
});

describe('a file is where Terraform would look for it', () => {
  test.each([
    ['f', {}, '/w/f'],
    ['f', { working_directory: 'infra/net' }, '/w/infra/net/f'],
    ['../f', { working_directory: 'infra/net' }, '/w/infra/f'],
    ['/tmp/f', { working_directory: 'infra' }, '/tmp/f'],
    ['with space', {}, '/w/with space'],
  ])('%s, %j', (text, inputs, path) => {
    expect(textsOf(text, { inputs, files: { [path]: 'key="k"' } })).toEqual({ key: 'k' });
  });

  test('and a line with "=" is none, even if there is such a file', () => {
    expect(textsOf('key=f', { files: { '/w/key=f': 'key="k"' } })).toEqual({ key: 'f' });
  });
});

describe('what is wrong is said, with its place and without other problems', () => {
  const file = (text: string, name = '/w/f'): ConfigScene => ({ files: { [name]: text } });
  test.each<[string, ConfigScene, string]>([
    [
      'buckett=x',
      {},
      '"buckett" in line 1 of input "backend_config" is no attribute of the S3 backend. Did you mean "bucket"?',
    ],
    [
      'f',
      file('\nbuckett="x"'),
      '"buckett" in f:2 is no attribute of the S3 backend. Did you mean "bucket"?',
    ],
    [
      'lock_timeout=1m',
      {},
      '"lock_timeout" in line 1 of input "backend_config" is an input of Lockkeeper\'s own, and no attribute of the S3 backend: give it under "with", beside "backend_config".',
    ],
    [
      '- f',
      file('key="k"'),
      'What stands in line 1 of input "backend_config" begins with "- ": an input is a text and no list, so leave the dash out.',
    ],
    [
      '- key=k',
      {},
      'What stands in line 1 of input "backend_config" begins with "- ": an input is a text and no list, so leave the dash out.',
    ],
    ...['prod.tfbackend key=k', 'env/prod.tfbackend, key=k', 'a.hcl,key=k'].map(
      (line): [string, ConfigScene, string] => [
        line,
        {},
        'In line 1 of input "backend_config" stand two things: give each file and each name=value a line of its own.',
      ],
    ),
    [
      'endpoints.s3=http://x',
      {},
      '"endpoints.s3" in line 1 of input "backend_config" is a part of an object: write endpoints={s3="…"}.',
    ],
    ...[
      'terraform init \\',
      'tofu init -backend-config=key=x',
      '-backend=s3',
      '-input=false \\',
      '-reconfigure',
    ].map((line): [string, ConfigScene, string] => [
      line,
      {},
      'What stands in line 1 of input "backend_config" is a part of a command. Only what its -backend-config gets belongs there, a line for each.',
    ]),
    [
      'c.json',
      file('{"-backend":"s3"}', '/w/c.json'),
      '"-backend" in c.json:1 is no attribute of the S3 backend.',
    ],
    ['=x', {}, 'What line 1 of input "backend_config" sets is no attribute of the S3 backend.'],
    [
      'endpoints={s33="http://x"}',
      {},
      'A part "s33" of "endpoints" in line 1 of input "backend_config" is none that the S3 backend has. Did you mean "s3"?',
    ],
    [
      'endpoints={storage="http://x"}',
      {},
      'A part "storage" of "endpoints" in line 1 of input "backend_config" is none that the S3 backend has. It has sso, s3, dynamodb, sts or iam.',
    ],
    [
      'key = x',
      {},
      'The name "key " in line 1 of input "backend_config" has white space around it, which "terraform init" refuses: write key=… without it.',
    ],
    [
      ' key=x',
      {},
      'The name " key" in line 1 of input "backend_config" has white space around it, which "terraform init" refuses: write key=… without it.',
    ],
    ['encrypt=True', {}, '"encrypt" in line 1 of input "backend_config" must be true or false; got "True".'],
    [
      'encrypt=yes\nencrypt=true',
      {},
      '"encrypt" in line 1 of input "backend_config" must be true or false; got "yes".',
    ],
    [
      'encrypt="true"',
      {},
      '"encrypt" in line 1 of input "backend_config" must be true or false; got "\\"true\\"". The quotes are a part of the value here, as for "terraform init": leave them out.',
    ],
    ['encrypt=', {}, '"encrypt" in line 1 of input "backend_config" must be true or false; got "".'],
    [
      'max_retries=many',
      {},
      '"max_retries" in line 1 of input "backend_config" must be a number; got "many".',
    ],
    [
      'max_retries=3.5',
      {},
      '"max_retries" in line 1 of input "backend_config" must be a whole number, 0 or more; got "3.5".',
    ],
    ['f', file('encrypt = 1'), '"encrypt" in f:1 must be true or false; got a number.'],
    ['f', file('acl = ["private"]'), '"acl" in f:1 must be a text; got a list.'],
    ['f', file('endpoints = "http://x"'), '"endpoints" in f:1 must be an object; got "http://x".'],
    [
      'endpoints=http://x',
      {},
      '"endpoints" in line 1 of input "backend_config" needs a variable at column 1 of its value. Terraform allows no variables and functions there. Write the value itself; texts in it have double quotes.',
    ],
    [
      'endpoints={s3="http://x"',
      {},
      '"endpoints" in line 1 of input "backend_config" must be HCL, and is not at column 1 of its value. This brace is not closed before the end of the text.',
    ],
    [
      'endpoints={s3=x}',
      {},
      '"endpoints" in line 1 of input "backend_config" needs a variable at column 5 of its value. Terraform allows no variables and functions there. Write the value itself; texts in it have double quotes.',
    ],
    [
      'f',
      file('acl = var.acl'),
      '"acl" needs a variable (var.acl) at f:1:7. Terraform allows no variables and functions there. Write the value itself, or add a line acl=… with it.',
    ],
    [
      'f',
      file('acl = "\u0024{lower("X")}"'),
      '"acl" needs a function (lower) at f:1:10. Terraform allows no variables and functions there. Write the value itself, or add a line acl=… with it.',
    ],
    [
      'f',
      file('acl = ["a"][0]'),
      '"acl" needs a part of another value at f:1:7. Lockkeeper works out no such value. Write the value itself, or add a line acl=… with it.',
    ],
    [
      'f',
      file('{"acl":"private"}'),
      'HCL refuses the file at f:1:1. An argument or a block is required here.',
    ],
    [
      'f',
      file('\nassume_role {\n}'),
      'HCL refuses the file at f:2:1. Only arguments can stand here, and "assume_role" is a block. Write it as assume_role = { … }.',
    ],
    [
      'f.json',
      file('{"acl": "x" "y": 1}', '/w/f.json'),
      'JSON refuses the file at f.json:1:13. A comma must separate the items.',
    ],
    [
      'none.hcl',
      {},
      'The file "none.hcl" of line 1 of input "backend_config" cannot be read; tried "/w/none.hcl". It is looked for from "working_directory", else from the workspace, so the step that checks out the repository must come before.',
    ],
    [
      'acl: private',
      {},
      'What follows "acl" in line 1 of input "backend_config" must follow "=", as in acl=…: without it, the line would name a file.',
    ],
    [
      'endpoint=http://x\nendpoints={s3="http://x"}',
      {},
      '"endpoint" in line 1 of input "backend_config" and "endpoints.s3" in line 2 of input "backend_config" must not both be given: they are two names of one thing.',
    ],
    [
      'use_path_style=false\nf',
      file('force_path_style=true'),
      '"force_path_style" in f:1 and "use_path_style" in line 1 of input "backend_config" must not both be given: they are two names of one thing.',
    ],
    [
      'assume_role={role_arn="arn"}',
      {},
      '"assume_role.role_arn" in line 1 of input "backend_config" must be the ARN of an IAM role, such as arn:aws:iam::123456789012:role/deploy; got "arn".',
    ],
    [
      'insecure=true',
      {},
      '"insecure" in line 1 of input "backend_config" is refused. A lock that anybody on the way could forge holds nobody off. Trust the certificate with "custom_ca_bundle", or "AWS_CA_BUNDLE".',
    ],
    [
      'acl=everybody',
      {},
      '"acl" in line 1 of input "backend_config" must be private, public-read, public-read-write, authenticated-read, aws-exec-read, bucket-owner-read, bucket-owner-full-control or log-delivery-write; got "everybody".',
    ],
    [
      'endpoints={s3="s3.example.com"}',
      {},
      '"endpoints.s3" in line 1 of input "backend_config" must be a URL such as https://s3.example.com; got "s3.example.com".',
    ],
  ])('%j, %j', (text, scene, problem) => {
    const inputs = { bucket: 'states', key: 'k', region: 'us-east-1' };
    expect(problemsOf(text, { ...scene, inputs })).toEqual([problem]);
  });

  test('a bucket that nobody names is still required', () => {
    const text = 'bucket=\nregion=us-east-1\nkey=k';
    expect(problemsOf(text, { inputs: { discover: 'false' } })).toEqual(['Input "bucket" is required.']);
    expect(problemsOf(FULL)).toEqual([]);
  });

  test('but not where a file that cannot be read may name it', () => {
    expect(problemsOf('prod.tfbackend')).toEqual([expect.stringMatching(/^The file "prod.tfbackend"/)]);
  });

  test('inspect too refuses a folder outside of the workspace', () => {
    const scene = { inputs: { working_directory: '../x' } };
    const backendConfig = configOf(FULL, scene);
    expect(() => parsePlaces(environmentOf(FULL, scene), { homeDir: HOME, backendConfig })).toThrow(
      'Input "working_directory" must be a folder in the workspace; got "../x".',
    );
    expect(problemsOf(FULL, scene)).toHaveLength(1);
  });
});

describe('what wins', () => {
  const at = ({ backend }: ReturnType<typeof settingsOf>) => [backend.bucket, backend.region];

  test('is an input, then backend_config, then the environment, then the default', () => {
    const env = { AWS_REGION: 'eu-north-1', AWS_ENDPOINT_URL_S3: 'https://env' };
    expect(at(settingsOf(FULL, { env, inputs: { region: 'eu-west-1' } }))).toEqual(['states', 'eu-west-1']);
    expect(at(settingsOf(FULL, { env }))).toEqual(['states', 'us-east-1']);
    expect(at(settingsOf(`${FULL}region=`, { env }))).toEqual(['states', 'eu-north-1']);
    const { backend } = settingsOf(`${FULL}endpoints={s3="https://file"}`, { env });
    expect([backend.s3Endpoint, backend.maxAttempts]).toEqual(['https://file', 5]);
  });

  test('is said where an input says otherwise', () => {
    const { used } = configOf('prod.tfbackend\nkey=k\nacl=private', {
      files: FILE,
      inputs: { key: 'other', acl: 'private' },
    }).remarks;
    expect(used.map(({ name, place, overruledBy }) => [name, placeWords(place), overruledBy])).toEqual([
      ['bucket', 'prod.tfbackend:2', undefined],
      ['key', 'line 2 of input "backend_config"', 'key'],
      ['region', 'prod.tfbackend:4', undefined],
      ['use_lockfile', 'prod.tfbackend:5', undefined],
      ['acl', 'line 3 of input "backend_config"', undefined],
    ]);
  });
});

describe('credentials', () => {
  const credentials = (text: string, scene: ConfigScene = {}) => settingsOf(FULL + text, scene).credentials;
  const KEYS = 'access_key=AK\nsecret_key=SK\ntoken=T\n';

  test('of backend_config come before the environment', () => {
    const env = { AWS_ACCESS_KEY_ID: 'E', AWS_SECRET_ACCESS_KEY: 'E', AWS_PROFILE: 'env' };
    expect(credentials(KEYS, { env })).toEqual({
      kind: 'keys',
      accessKeyId: 'AK',
      secretAccessKey: 'SK',
      sessionToken: 'T',
    });
    expect(credentials('profile=deploy', { env })).toEqual({ kind: 'profile', profile: 'deploy' });
  });

  test('that are inputs get no token of other keys, and complete what is half there', () => {
    const inputs = { access_key: 'A', secret_key: 'S' };
    expect(credentials(KEYS, { inputs })).toEqual({
      kind: 'keys',
      accessKeyId: 'A',
      secretAccessKey: 'S',
    });
    expect(credentials('access_key=AK', { inputs: { secret_key: 'S' } })).toMatchObject({
      accessKeyId: 'AK',
      secretAccessKey: 'S',
    });
  });

  test('in a file that is named there, from where Terraform runs', () => {
    const inputs = { working_directory: 'infra' };
    const file = (text: string, more = {}) => credentials(text, { inputs: { ...inputs, ...more } });
    expect(file('shared_credentials_file=creds')).toMatchObject({ credentialsFiles: ['/w/infra/creds'] });
    expect(file('shared_credentials_file=~/creds')).toMatchObject({
      credentialsFiles: ['/home/runner/creds'],
    });
    expect(file('shared_credentials_file=creds', { aws_creds_path: '/mine' })).toMatchObject({
      credentialsFiles: ['/mine'],
    });
  });
});

describe('secrets are found to be masked, whatever becomes of them', () => {
  const secret = 'hush/hush+hush';
  test.each<[string, ConfigScene]>([
    [`secret_key=${secret}`, {}],
    [`secret_key=${secret}\nsecret_key=other`, {}],
    [`"token=${secret}"`, {}],
    [`secret_key="${secret}"`, {}],
    [`secret_key = ${secret}`, {}],
    [`secret_key: ${secret}`, {}],
    [`secret_key "${secret}"`, {}],
    ['f', { files: { '/w/f': `access_key = "${secret}"\nnonsense = 1` } }],
    ['c.json', { files: { '/w/c.json': `{"sse_customer_key": "${secret}"}` } }],
    [`assume_role_with_web_identity={web_identity_token="${secret}"}`, {}],
    [`https_proxy=http://me:${encodeURIComponent(secret)}@proxy:3128`, {}],
    ['f', { files: { '/w/f': `token = ["${secret}"]` } }],
  ])('%j, %j', (text, scene) => {
    expect(configOf(text, scene).secrets).toContain(secret);
    expect(problemsOf(text, scene).join('\n')).not.toContain(secret);
  });

  test('also in an object that HCL refuses', () => {
    const text = 'assume_role_with_web_identity={web_identity_token="hush"';
    const { secrets, problems } = configOf(text);
    expect(secrets.some((each) => each.includes('hush'))).toBe(true);
    expect(problems.join()).not.toContain('hush');
  });

  test('a secret without its name, or a name that is one, is not shown', () => {
    const long = 'wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEYab';
    expect(problemsOf(`${long}=`).join()).not.toContain(long);
    expect(problemsOf('f', { files: { '/w/f': `${long} = 1` } }).join()).not.toContain(long);
  });

  test('one in a file of the workspace is told, one elsewhere is not', () => {
    const files = {
      '/w/proxy': 'http_proxy="http://proxy:3128"',
      '/w/login': 'http_proxy="http://me:x@proxy:3128"',
      '/w/f': 'secret_key="x"',
      '/tmp/f': 'secret_key="x"',
      '/w/g': 'key="x"',
    };
    const told = (text: string) =>
      configOf(text, { files }).remarks.secretsInWorkspace.map(({ name }) => name);
    expect(['f', '/w/f', '/tmp/f', 'g', 'secret_key=x', 'proxy', 'login'].map(told)).toEqual([
      ['secret_key'],
      ['secret_key'],
      [],
      [],
      [],
      [],
      ['http_proxy'],
    ]);
  });
});

test('what is odd is remarked: shell in lines, quotes in values, what has no effect', () => {
  const { remarks } = configOf('"key=k"\nacl="x"\niam_endpoint=http://x\nskip_region_validation=true');
  expect(remarks).toMatchObject({
    cleanedLines: [1],
    quoted: [{ name: 'acl', place: { kind: 'line', line: 2 } }],
  });
  expect(remarks.withoutEffect.map(({ name }) => name)).toEqual(['iam_endpoint', 'skip_region_validation']);
});
