/**
 * Breaks a text into lines, but never inside `code`.
 *
 * @param width in characters; a longer word has a line of its own
 */
export function wrap(text: string, width: number): string[] {
  const lines = [''];
  for (const word of text.match(/(?:`[^`]*`|[^\s`])+/g) ?? []) {
    const longer = `${lines.at(-1)} ${word}`.trim();
    if (longer.length <= width) lines.pop();
    lines.push(longer.length <= width ? longer : word);
  }
  return lines;
}

/** A part of a file that is generated, between two lines that stay. */
export interface Section {
  readonly start: string;
  readonly end: string;
  readonly content: string;
}

/**
 * The document of `file` with one section put between its markers.
 *
 * @throws Error if a marker is missing
 */
export function withSection(file: string, document: string, { start, end, content }: Section): string {
  const from = document.indexOf(start);
  const to = document.indexOf(end, from);
  if (from < 0 || to < 0) {
    throw new Error(`${file} must have a line ${start} and, after it, a line ${end}.`);
  }
  return `${document.slice(0, from + start.length)}\n${content}\n${document.slice(to)}`;
}

/** A table of Markdown; cells are Markdown, but for `|`. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}
