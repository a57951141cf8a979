import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type Browser, startChromium } from '../chromium.js';
import { toolPath } from '../interop-tools.js';

/** How somebody looks at a page. Widths are in CSS pixels. */
export interface View {
  readonly width: number;
  readonly theme: 'light' | 'dark';
  /** Whether what is folded stays so, as it is at first. */
  readonly folded: boolean;
  /** Whether the picture is made fast, which is what there are many of, or small. */
  readonly made?: 'fast' | 'small';
}

export interface Shown {
  /** What is wrong with the look, a sentence each. */
  readonly problems: readonly string[];
  /** A PNG. */
  readonly picture: Buffer;
}

/** A page that shows Markdown as GitHub does. */
export interface GithubPage {
  show(markdown: string, view: View): Promise<Shown>;
  close(): Promise<void>;
}

/** Starts a browser with such a page. It has fonts of its own, so it looks the same on every machine. */
export async function openGithubPage(): Promise<GithubPage> {
  const folder = mkdtempSync(join(tmpdir(), 'lockkeeper-page-'));
  const file = join(folder, 'page.html');
  writeFileSync(file, pageText());
  const browser = await startChromium(toolPath('chromium'));
  await browser.page.open(pathToFileURL(file).href);
  return {
    show: (markdown, view) => show(browser, markdown, view),
    async close() {
      await browser.close();
      rmSync(folder, { recursive: true });
    },
  };
}

async function show({ page }: Browser, markdown: string, view: View): Promise<Shown> {
  const { made = 'fast' } = view;
  await page.resize(view.width, 800, made === 'small' ? 1.5 : 2);
  await page.prefer(view.theme);
  const shown = await page.call('show', markdown, view);
  const { problems, height } = shown as { problems: readonly string[]; height: number };
  return { problems, picture: await page.picture(view.width, height, made) };
}

const FONTS = ['400', '600', '700', '400-italic'].map((weight) => `noto-sans/${weight}.css`);
const STYLES = [...FONTS, 'noto-sans-mono/400.css', 'github-markdown-css/github-markdown.css'];
const SCRIPTS = ['markdown-it/dist/browser/markdown-it.umd.min.js', 'mermaid/dist/mermaid.min.js'];

const EMOJI = 'noto-color-emoji/files/noto-color-emoji-emoji-400-normal.woff2';

/** The box in which GitHub shows the summary of a step. */
const BOX = `
  body { margin: 0; background: Canvas; color-scheme: light dark; }
  @media (prefers-color-scheme: dark) { body { background: #0d1117; } }
  main { margin: 8px; padding: 16px; border: 1px solid #8888; border-radius: 6px; }
  .markdown-body {
    --fontStack-sansSerif: 'Noto Sans', 'Noto Color Emoji';
    --fontStack-monospace: 'Noto Sans Mono', 'Noto Color Emoji';
  }`;

function pageText(): string {
  const urlOf = (file: string) => pathToFileURL(join(toolPath('github_page'), file)).href;
  const own = pathToFileURL(fileURLToPath(new URL('page.js', import.meta.url))).href;
  return [
    '<!doctype html><meta charset="utf-8"><title>A summary</title>',
    ...STYLES.map((file) => `<link rel="stylesheet" href="${urlOf(file)}">`),
    `<style>@font-face { font-family: 'Noto Color Emoji'; src: url(${urlOf(EMOJI)}); } ${BOX}</style>`,
    '<main><article class="markdown-body"></article></main>',
    ...[...SCRIPTS.map(urlOf), own].map((url) => `<script src="${url}"></script>`),
  ].join('\n');
}
