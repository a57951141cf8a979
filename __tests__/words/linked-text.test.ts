import { describe, expect, test } from '@jest/globals';
import { renderMarkdown } from '../../src/actions/markdown.js';
import { documentationUrl } from '../../src/names/documentation.js';
import { linked } from '../../src/words/linked-text.js';

const shown = (text: string) => renderMarkdown([{ kind: 'paragraph', text: linked(text, 100) }]).trimEnd();
const PAGE = documentationUrl('iam.md');

test('the address of a page of ours is a link, and the full stop behind it is not in it', () => {
  expect(shown(`The policy is at ${PAGE}. More at ${PAGE}#restore, too.`)).toBe(
    `The policy is at [docs/iam.md](${PAGE}). More at [docs/iam.md&#35;restore](${PAGE}#restore), too.`.replace(
      '&#35;',
      '#<!-- -->',
    ),
  );
});

test('an address that climbs out of our pages is a link to what it leaves only', () => {
  expect(shown(`${PAGE}/../../../../../evil`)).toBe(`[docs/iam.md](${PAGE})/../../../../../evil`);
});

describe('any other address is text', () => {
  test.each([
    'https://evil.example/docs/iam.md',
    PAGE.replace('github.com', 'githubXcom'),
    PAGE.replace(/v\d+\.\d+\.\d+/, 'main'),
  ])('%s', (address) => {
    expect(shown(`See ${address}`)).not.toContain('](');
  });
});

test('a message of nothing but addresses has an end', () => {
  expect(linked(PAGE.repeat(1_000), 100).length).toBeLessThan(10);
});
