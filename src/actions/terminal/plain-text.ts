import type { Block, PlainText, Text } from '../../job/blocks.js';
import { spansOf } from '../markdown.js';
import { withoutSecrets } from '../masking.js';
import { cut, MAX_TEXT_LENGTH, visible } from '../sanitise.js';
import type { Style } from './style.js';

const INDENT = '  ';
/** For text that is cut already. */
const UNCUT = Number.POSITIVE_INFINITY;
const NO_BREAK = '\u00a0';

/**
 * Blocks as lines of a terminal. Nothing in their text can move the cursor, colour what follows or pass for a line of its
 * own, and secrets are hidden.
 */
export function renderPlainText(blocks: readonly Block[], style: Style): readonly string[] {
  const sections = blocks.map((block) => renderBlock(block, style)).filter((lines) => lines.length > 0);
  return sections.flatMap((lines, index) => (index === 0 ? lines : ['', ...lines]));
}

function renderBlock(block: Block, style: Style): readonly string[] {
  switch (block.kind) {
    case 'heading':
      return hanging('', linesOf(block.text)).map((line) => style('bold', line));
    case 'paragraph':
      return hanging('', linesOf(block.text)).filter((line) => line !== '');
    case 'rows':
      return renderRows(block.header, block.rows).map((line, index) =>
        index === 0 && block.header ? style('bold', line) : line,
      );
    case 'list':
      return block.items.flatMap((item) => hanging('- ', linesOf(item)));
    case 'details': {
      const lines = renderPlainText(block.blocks, style);
      return lines.length === 0 ? [] : [style('bold', oneLine(block.title)), ...lines.map(indented)];
    }
    case 'code':
      return block.lines.map((line) => indented(codeLine(oneLine(line), block.language, style)));
    case 'chart':
      return renderRows(
        undefined,
        block.bars.map(({ name, label }) => [name, label].map((each) => [each].flat())),
      );
  }
}

const CHANGE_COLOURS = { '+': 'green', '-': 'red', '~': 'yellow' } as const;

function codeLine(line: string, language: string, style: Style): string {
  const colour =
    language === 'diff' ? CHANGE_COLOURS[line.charAt(0) as keyof typeof CHANGE_COLOURS] : undefined;
  return colour ? style(colour, line) : line;
}

/** Columns stand below each other; the last has no white space behind it. */
function renderRows(
  header: readonly Text[] | undefined,
  rows: readonly (readonly Text[])[],
): readonly string[] {
  if (rows.length === 0 && header === undefined) return [];
  const table = [...(header ? [header] : []), ...rows].map((cells) => cells.map(oneLine));
  const widths = table[0]?.map((_, column) =>
    Math.max(...table.map((cells) => widthOf(cells[column] ?? ''))),
  );
  return table.map((cells) =>
    cells
      .map((cell, column) => cell + ' '.repeat((widths?.[column] ?? 0) - widthOf(cell)))
      .join('  ')
      .trimEnd(),
  );
}

const widthOf = (text: string) => [...text].length;

/** What follows a line feed is indented: text from outside cannot pass for a line of its own. */
const hanging = (mark: string, lines: readonly string[]) =>
  lines.map((line, index) => (index === 0 ? mark : INDENT) + line);

const indented = (line: string) => (line === '' ? '' : INDENT + line);

const oneLine = (text: Text | PlainText) => linesOf(text).join(', ');

/** A line feed of a story begins a new line. The address of a link stands behind its text. */
function linesOf(text: Text): readonly string[] {
  const whole = spansOf(text, MAX_TEXT_LENGTH)
    .map((span) => {
      const url = span.kind === 'link' ? cut(withoutSecrets(span.url), MAX_TEXT_LENGTH) : '';
      return url === '' || span.text.includes(url) ? span.text : `${span.text} <${url}>`;
    })
    .join('');
  return whole.split(/\r?\n/).map((line) => visible(line, UNCUT).replaceAll(NO_BREAK, ' '));
}
