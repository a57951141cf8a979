import { describe, expect, test } from '@jest/globals';
import { parseStatesPlaces } from '../../src/config/inputs.js';
import { isMeant } from '../../src/config/key-globs.js';
import { inputs } from './environment.js';

const placesOf = (values: Record<string, string>) =>
  parseStatesPlaces(inputs({ bucket: 'states', region: 'eu-central-1', ...values }), {
    homeDir: '/home/octocat',
  });
const meant = (keys: string, paths: readonly string[]) => {
  const globs = placesOf({ keys }).keys;
  return paths.filter((path) => isMeant(globs, path));
};

const PATHS = [
  'a.tfstate',
  'net/prod.tfstate',
  'env:/blue/net/prod.tfstate',
  '.hidden/x.tfstate',
  'net/readme.md',
];

describe('which states are meant', () => {
  test('every one that ends in .tfstate unless something is said, in workspaces and hidden folders too', () => {
    expect(meant('', PATHS)).toEqual(PATHS.slice(0, 4));
  });

  test('what fits a line', () => {
    expect(meant('net/*\n# a remark\n\n  a.tfstate', PATHS)).toEqual([
      'a.tfstate',
      'net/prod.tfstate',
      'net/readme.md',
    ]);
  });

  test('a line with ! takes away, wherever it stands, and alone from every state', () => {
    expect(meant('!env:/**\n**/*.tfstate', PATHS)).not.toContain('env:/blue/net/prod.tfstate');
    expect(meant('!env:/**', PATHS)).toEqual(['a.tfstate', 'net/prod.tfstate', '.hidden/x.tfstate']);
  });

  test.each(['/net/*', '!', '!/net/*'])('%s is refused', (line) => {
    expect(() => placesOf({ keys: `a\n${line}` })).toThrow(`Input "keys" must be lines of keys`);
  });
});

test('no key of one state is needed, and none is asked for', () => {
  const { backend } = placesOf({});
  expect(backend).toMatchObject({ bucket: 'states', region: 'eu-central-1' });
  expect(backend).not.toHaveProperty('statePath');
});

test('snapshots must not lie where Terraform looks for workspaces', () => {
  expect(() => placesOf({ backup_prefix: 'env:/backups' })).toThrow('must not lie one in the other');
  expect(() => placesOf({ backup_prefix: 'env:/backups', backup_bucket: 'others' })).not.toThrow();
});
