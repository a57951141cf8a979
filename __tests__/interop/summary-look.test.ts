import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { renderMarkdown } from '../../src/actions/markdown.js';
import { type GithubPage, openGithubPage, type View } from '../../testing/github-page/github-page.js';
import { describeWithTools } from '../../testing/interop-tools.js';
import { SUMMARY_SAMPLES } from '../../testing/summary-samples/summary-samples.js';

/** Git ignores it. */
const PICTURES = 'build/pictures';
const PHONE = 375;
const DESKTOP = 900;
const README_WIDTH = 600;
/** What is folded is looked at in each of them; a picture of it is taken in two. */
const VIEWS: readonly View[] = [
  { width: PHONE, theme: 'light', folded: true },
  { width: PHONE, theme: 'light', folded: false },
  { width: PHONE, theme: 'dark', folded: true },
  { width: DESKTOP, theme: 'light', folded: true },
  { width: DESKTOP, theme: 'dark', folded: true },
  { width: DESKTOP, theme: 'dark', folded: false },
];

describeWithTools('a summary, in a real browser', ['chromium', 'github_page'], () => {
  let page: GithubPage;
  beforeAll(async () => {
    rmSync(PICTURES, { recursive: true, force: true });
    mkdirSync(PICTURES, { recursive: true });
    page = await openGithubPage();
  });
  afterAll(() => page.close());

  test.each(SUMMARY_SAMPLES)(
    '$name looks as it should, on a phone and on a desk, in light and dark',
    async (sample) => {
      const markdown = renderMarkdown(sample.blocks);
      for (const view of VIEWS) {
        const { problems, picture } = await page.show(markdown, view);
        const { width, theme, folded } = view;
        const file = `${sample.name}.${width}.${theme}${folded ? '' : '.unfolded'}.png`;
        writeFileSync(join(PICTURES, file), picture);
        expect({ file, problems }).toEqual({ file, problems: [] });
      }
    },
  );

  test.each(['light', 'dark'] as const)('the picture for the README, in %s', async (theme) => {
    const markdown = renderMarkdown(SUMMARY_SAMPLES.find(({ name }) => name === 'deploy')?.blocks ?? []);
    const view = { width: README_WIDTH, theme, folded: true, made: 'small' } as const;
    const { problems, picture } = await page.show(markdown, view);
    expect(problems).toEqual([]);
    expect(picture.length).toBeLessThan(60_000);
    const folder = process.env['README_PICTURES'] ?? PICTURES;
    writeFileSync(join(folder, theme === 'light' ? 'summary.png' : 'summary-dark.png'), picture);
  });

  const chart = (...lines: readonly string[]) =>
    ['```mermaid', 'gantt', 'dateFormat x', ...lines, '```'].join('\n');
  const HOUR = ':active, 0, 3600000';

  test.each<[string, string, string]>([
    ['a chart of wrong syntax', chart('axisFormat %H:%M', 'Held without a time'), 'A chart is not Mermaid'],
    ['a chart of wrong times', chart('axisFormat %H:%M', 'Held :active, later'), 'A chart is not Mermaid'],
    [
      'labels of an axis that touch',
      chart('axisFormat %H:%M:%S', 'tickInterval 2minute', `Held ${HOUR}`),
      'lies over the one',
    ],
    [
      'labels of an axis that repeat',
      chart('axisFormat %H h', 'tickInterval 20minute', `Held ${HOUR}`),
      'is there twice',
    ],
    [
      'a label that has no room',
      chart('axisFormat %H:%M', `Held ${'x'.repeat(100)} ${HOUR}`),
      'cut off by its chart',
    ],
    [
      'a line that does not break',
      `<p style="white-space: pre">${'x'.repeat(100)}</p>`,
      'is wider than its place',
    ],
    ['a box that is too wide', '<div style="width: 400px">x</div>', 'is wider than its place'],
    [
      'Markdown inside of HTML',
      '<details><summary>More</summary>\n**bold**\n</details>',
      'Markdown is not rendered',
    ],
    ['a table without its second line', '| a | b |\n| -- |', 'Markdown is not rendered'],
  ])('%s is noticed', async (_, markdown, problem) => {
    const { problems } = await page.show(markdown, { width: PHONE, theme: 'light', folded: false });
    expect(problems).toContainEqual(expect.stringContaining(problem));
  });
});
