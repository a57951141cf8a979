import { describe, expect, test } from '@jest/globals';
import { plain } from '../../src/job/blocks.js';
import { holderSpan, runName } from '../../src/words/holder-span.js';
import { testJob } from '../../testing/test-data.js';

describe('a run is called as GitHub calls it', () => {
  test.each([
    ['with its number', { workflow: 'Deploy', job: 'apply', runNumber: '118' }, 'Deploy #118'],
    [
      'by its job, where an older record has no number',
      { workflow: 'Deploy', job: 'apply' },
      'Deploy / apply',
    ],
    ['by its job alone, without a workflow', { workflow: '', job: 'apply', runNumber: '118' }, 'apply'],
  ])('%s', (_, run, name) => expect(runName(run)).toBe(name));
});

describe('a holder is', () => {
  const run = { repository: 'acme/infrastructure', workflow: 'Deploy', job: 'apply', runNumber: '118' };
  const url = 'https://github.com/acme/infrastructure/actions/runs/1';
  const spanOf = (differences: object) =>
    holderSpan({ who: 'ada', run: { ...run, url, ...differences } }, testJob(), 100);

  test('a link to its run, without the repository where that is this one', () => {
    expect(spanOf({})).toEqual({ kind: 'link', text: 'Deploy #118', url, longest: 100 });
    expect(spanOf({ repository: 'acme/dns' })).toMatchObject({ text: 'acme/dns · Deploy #118' });
  });

  test('text alone where the link would lead to another server', () => {
    for (const elsewhere of [
      'https://evil.example/x',
      'https://github.com.evil.example/',
      'javascript:alert(1)',
    ]) {
      expect(spanOf({ url: elsewhere })).toEqual(plain('Deploy #118', 100));
    }
  });

  test('who they are, where it was no job of ours', () => {
    expect(holderSpan({ who: 'ada@laptop' }, testJob(), 100)).toEqual(plain('ada@laptop', 100));
  });
});
