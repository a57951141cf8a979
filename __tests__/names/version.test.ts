import { readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { VERSION } from '../../src/names/version.js';

test('lock records carry the version that package.json gives', async () => {
  const manifest: unknown = JSON.parse(
    await readFile(new URL('../../package.json', import.meta.url), 'utf8'),
  );
  expect(manifest).toHaveProperty('version', VERSION);
});
