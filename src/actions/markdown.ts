import type { Bar, Block, PlainText, Span, Text } from '../job/blocks.js';
import { axisLines } from './gantt.js';
import { withoutSecrets } from './masking.js';
import {
  codeForMarkdown,
  cut,
  forMarkdown,
  forMermaid,
  inlineForMarkdown,
  MAX_LABEL_LENGTH,
  MAX_TEXT_LENGTH,
  urlForMarkdown,
  visible,
} from './sanitise.js';

/**
 * GitHub refuses a step's summary of more than 1 MiB, and then shows nothing of it. In bytes of UTF-8.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#adding-a-job-summary
 */
const MAX_BYTES = 900_000;

const LEFT_OUT = 'The rest of this summary is left out: it is more than GitHub shows.';

/**
 * Blocks as GitHub Markdown, with a structure that none of their text can change. Secrets are hidden in it. Blocks
 * beyond 900 kB are left out, from the end, and the last line says so.
 */
export function renderMarkdown(blocks: readonly Block[]): string {
  const sections = blocks.map(renderBlock).filter((section) => section !== '');
  const whole = joinSections(sections);
  return fits(whole) ? whole : joinSections([...firstThatFit(sections), LEFT_OUT]);
}

function firstThatFit(sections: readonly string[]): readonly string[] {
  const tooMany = sections.findIndex(
    (_, index) => !fits(joinSections([...sections.slice(0, index + 1), LEFT_OUT])),
  );
  return sections.slice(0, tooMany);
}

function joinSections(sections: readonly string[]): string {
  return `${sections.join('\n\n')}\n`;
}

function fits(markdown: string): boolean {
  return Buffer.byteLength(markdown) <= MAX_BYTES;
}

/** @returns Lines, with no line feed at the end; empty if the block holds nothing. */
function renderBlock(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `### ${renderText(block.text)}`;
    case 'paragraph':
      return renderText(block.text);
    case 'rows':
      return renderRows(block.header, block.rows);
    case 'list':
      return block.items.map((item) => `- ${renderText(item)}`).join('\n');
    case 'details':
      return renderDetails(block.title, block.blocks);
    case 'code':
      return renderCode(block.language, block.lines);
    case 'chart':
      return renderChart(block.bars);
  }
}

/** GitHub's tables always have a header, in the middle of its cells if nothing is said: without one of the story it is empty. */
function renderRows(header: readonly Text[] | undefined, rows: readonly (readonly Text[])[]): string {
  const head = header ?? rows[0]?.map(() => '');
  if (head === undefined) return '';
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const [first = '', ...others] = [head, ...rows].map((cells) => line(cells.map(renderText)));
  return [first, line(head.map(() => ':--')), ...others].join('\n');
}

/** Between the tags of `summary` there is HTML only, where escaped text is the same text. */
function renderDetails(title: PlainText, blocks: readonly Block[]): string {
  const sections = blocks.map(renderBlock).filter((section) => section !== '');
  if (sections.length === 0) return '';
  return [`<details><summary>${renderText(title)}</summary>`, ...sections, '</details>'].join('\n\n');
}

/** In a code block nothing is Markdown but a fence, so it has a longer one than any of its lines starts with. */
function renderCode(language: string, lines: readonly PlainText[]): string {
  if (lines.length === 0) return '';
  const texts = lines.map((line) => visible(plainText(line, MAX_TEXT_LENGTH), UNCUT));
  const longest = texts.reduce((most, text) => Math.max(most, /^ *(`*)/.exec(text)?.[1]?.length ?? 0), 2);
  const fence = '`'.repeat(longest + 1);
  return [`${fence}${language}`, ...texts, fence].join('\n');
}

/** @see https://mermaid.js.org/syntax/gantt.html */
function renderChart(bars: readonly Bar[]): string {
  if (bars.length === 0) return '';
  const text = (of: PlainText) => forMermaid(plainText(of, MAX_LABEL_LENGTH), UNCUT);
  const sections = bars.flatMap(({ name, label, tag, from, to }) => [
    `section ${text(name)}`,
    `${text(label)} :${tag}, ${Math.floor(from)}, ${Math.floor(to)}`,
  ]);
  const lines = [...axisLines(bars), ...sections].map((line) => `    ${line}`);
  return ['```mermaid', 'gantt', ...lines, '```'].join('\n');
}

export type StyledSpan = Exclude<Span, string>;

/** For text that {@link spansOf} has cut. */
const UNCUT = Number.POSITIVE_INFINITY;

function renderText(text: Text): string {
  const [first, ...others] = spansOf(text, MAX_TEXT_LENGTH);
  if (first === undefined) return '';
  const start = first.kind === 'plain' ? forMarkdown(first.text, UNCUT) : renderSpan(first);
  return start + others.map(renderSpan).join('');
}

function renderSpan(span: StyledSpan): string {
  const text = inlineForMarkdown(span.text, UNCUT);
  switch (span.kind) {
    case 'plain':
      return text;
    case 'code':
      return codeForMarkdown(span.text, UNCUT);
    case 'strong':
      return `**${text}**`;
    case 'link': {
      const url = urlForMarkdown(withoutSecrets(span.url));
      return url ? `[${text}](${url})` : text;
    }
  }
}

function plainText(text: PlainText, longest: number): string {
  return spansOf(text, longest)
    .map((span) => span.text)
    .join('');
}

/**
 * The spans of a text that show anything. Secrets are hidden before text is cut: half of one would not be found. Plain
 * spans that follow each other become one: two harmless halves may make a harmful whole.
 *
 * @param longest In UTF-16 code units, for a span that does not ask for less.
 */
export function spansOf(text: Text, longest: number): readonly StyledSpan[] {
  const spans: StyledSpan[] = [];
  for (const part of [text].flat()) {
    const span: StyledSpan = typeof part === 'string' ? { kind: 'plain', text: part } : part;
    const shown = cut(withoutSecrets(span.text), Math.min(span.longest ?? longest, longest));
    const last = spans.at(-1);
    if (shown === '') continue;
    if (span.kind === 'plain' && last?.kind === 'plain') {
      spans[spans.length - 1] = { kind: 'plain', text: last.text + shown };
    } else {
      spans.push({ ...span, text: shown });
    }
  }
  return spans;
}
