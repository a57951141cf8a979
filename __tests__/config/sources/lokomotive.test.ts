import { describe, expect, test } from '@jest/globals';
import { type ConfigScene, configOf, problemsOf, settingsOf } from './scene.js';

const BACKEND = `backend "s3" {
  bucket         = "states"
  key            = "mercury"
  region         = "eu-central-1"
  dynamodb_table = "locks"
}
`;
const CLUSTER = 'cluster "aws" {\n  asset_dir = "assets"\n}\n';
const problems = (scene: ConfigScene) => problemsOf('', { inputs: { region: 'r' }, ...scene });

test('without the input bucket, a .lokocfg says which state it is, and how it is locked', () => {
  const scene = { files: { '/w/s3.lokocfg': BACKEND, '/w/cluster.lokocfg': CLUSTER } };
  const { backend, locking } = settingsOf('', scene);
  expect([backend.bucket, backend.statePath, backend.region, locking.lock]).toEqual([
    'states',
    'mercury',
    'eu-central-1',
    { kind: 'dynamodb', table: 'locks' },
  ]);
  expect(configOf('', scene).remarks.used).toContainEqual({
    name: 'bucket',
    place: { kind: 'block', path: 's3.lokocfg', position: { line: 2, column: 3 } },
  });
});

test('its variables have the values of lokocfg.vars', () => {
  const files = {
    '/w/s3.lokocfg': `variable "key" {}\n${BACKEND.replace('"mercury"', 'var.key')}`,
    '/w/lokocfg.vars': 'key = "venus"\n',
  };
  expect(settingsOf('', { files }).backend.statePath).toBe('venus');
});

test('a credentials file begins where lokoctl runs Terraform', () => {
  const files = {
    '/w/s3.lokocfg': BACKEND.replace('  dynamodb_table', '  aws_creds_path = "creds"\n  dynamodb_table'),
    '/w/cluster.lokocfg': CLUSTER,
  };
  expect(settingsOf('', { files }).credentials).toMatchObject({
    credentialsFiles: ['/w/assets/terraform/creds'],
  });
});

test('with the input bucket, it is compared with the inputs', () => {
  const inputs = { bucket: 'states', key: 'k', region: 'eu-central-1', dynamodb_table: 'locks' };
  const scene = { files: { '/w/s3.lokocfg': BACKEND }, inputs };
  expect(configOf('', scene).remarks.differences).toEqual([
    '"key" in s3.lokocfg:3 is "mercury", but input "key" is "k".',
  ]);
});

describe('what cannot be used is an error', () => {
  const LATER =
    'Lokomotive keeps such a cluster\'s state in a file of the machine. Lockkeeper holds locks of the backend "s3" alone; the ' +
    'local one comes later. Where Terraform runs in another folder, say which with "working_directory".';
  test.each<[string, ConfigScene, string]>([
    [
      'no backend block',
      { files: { '/w/cluster.lokocfg': CLUSTER } },
      `No .lokocfg file in the workspace has a backend block. ${LATER}`,
    ],
    [
      'the local backend',
      { files: { '/w/a.lokocfg': 'backend "local" {}\n' } },
      `The backend is "local" by a.lokocfg:1. ${LATER}`,
    ],
    [
      'Terraform beside it',
      { files: { '/w/a.lokocfg': BACKEND, '/w/main.tf': 'terraform {\n  backend "s3" {}\n}\n' } },
      'Terraform and Lokomotive are both configured there: main.tf:2:3 and a.lokocfg:1. Give the one of this step as inputs, ' +
        'with "discover: false".',
    ],
    [
      'a broken file',
      { files: { '/w/a.lokocfg': 'backend "s3"\n' } },
      'HCL refuses the file at a.lokocfg:1:13. The opening brace of the block must follow here, on the same line.',
    ],
    [
      'a link that leads out of the workspace',
      { files: { '/w/a.lokocfg': BACKEND }, links: ['/w/a.lokocfg'] },
      'The file a.lokocfg cannot be read, or is a link that leads out of the workspace, where nothing is looked for.',
    ],
  ])('%s', (_, scene, problem) => expect(problems(scene)).toEqual([problem]));
});

describe('what file() reads', () => {
  const NO_FILE = expect.stringContaining('There is no file of that path in the workspace');
  const reading = (path: string) => BACKEND.replace('"mercury"', `file("${path}")`);

  test('is masked, for it may be a secret', () => {
    const files = { '/w/a.lokocfg': reading('key.txt'), '/w/key.txt': 'from-file' };
    expect(settingsOf('', { files }).backend.statePath).toBe('from-file');
    expect(configOf('', { files }).secrets).toContain('from-file');
  });

  test('lies in the workspace', () => {
    const files = { '/w/a.lokocfg': reading('/etc/passwd'), '/etc/passwd': 'root' };
    expect(problems({ files })).toEqual([NO_FILE]);
    const linked = { '/w/a.lokocfg': reading('link'), '/w/link': 'root' };
    expect(problems({ files: linked, links: ['/w/link'] })).toEqual([NO_FILE]);
  });
});
