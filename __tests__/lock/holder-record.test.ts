import { describe, expect, test } from '@jest/globals';
import { formatHolder, parseHolder } from '../../src/lock/holder-record.js';
import { lockHolder } from '../../testing/test-data.js';

test('what is written is read again', () => {
  const holder = lockHolder({ workflow: 'Übergabe "prod" 🚀' });
  expect(parseHolder(formatHolder(holder))).toEqual(holder);
});

test('fields of a later version are left out', () => {
  expect(parseHolder(JSON.stringify({ ...lockHolder(), host: 'x' }))).toEqual(lockHolder());
});

test('what post can and did do is read, and a record of an older version has none of it', () => {
  const holder = lockHolder({ looks: false, kept: 'still written by terraform (pid 4711)' });
  expect(parseHolder(formatHolder(holder))).toEqual(holder);
  const { runNumber, ...older } = lockHolder();
  expect(parseHolder(JSON.stringify({ ...holder, runNumber: 17, looks: 'yes', kept: 1 }))).toEqual(older);
});

describe('whatever is not ours names no job', () => {
  const { runUrl: _, ...incomplete } = lockHolder();
  test.each<[string, string | undefined]>([
    ['no record', undefined],
    ['an empty one', ''],
    ['no JSON', '{'],
    ['null', 'null'],
    ['a list', '[]'],
    ['another program’s', '{"owner":"ada"}'],
    ['a field too few', JSON.stringify(incomplete)],
    ['a field that is no text', JSON.stringify({ ...lockHolder(), runId: 4711 })],
  ])('%s', (_name, text) => {
    expect(parseHolder(text)).toBeUndefined();
  });
});
