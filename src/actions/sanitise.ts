/**
 * Makes text from outside (a lock's holder, a state, an S3 message) harmless where the runner or GitHub would
 * read it as more than text. Each function takes a whole line or a whole value, as the last step before it is
 * written: two harmless halves may make one harmful whole.
 */

/**
 * The longest text that is shown, in UTF-16 code units. The runner keeps about as much of an annotation.
 *
 * @see https://github.com/actions/runner/blob/main/src/Runner.Worker/ExecutionContext.cs _maxIssueMessageLength
 */
export const MAX_TEXT_LENGTH = 4_000;

/** Controls, invisible formatting (bidirectional overrides among it), line separators, halves of surrogate pairs. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

const SHORT_ESCAPES: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/**
 * Text on one line, in which all that is there can be seen. It may still be a workflow command or Markdown.
 *
 * @param maxLength In UTF-16 code units; longer text is cut, and ends in an ellipsis.
 */
export function visible(text: string, maxLength = MAX_TEXT_LENGTH): string {
  return showUnseen(cut(text, maxLength));
}

/** As {@link visible}, but line feeds part the text. */
function linesOf(text: string, maxLength: number): string[] {
  return cut(text, maxLength).split(/\r?\n/).map(showUnseen);
}

function showUnseen(text: string): string {
  return text.replaceAll(UNSEEN, (found) => SHORT_ESCAPES[found] ?? codePoint(found));
}

/** @param maxLength In UTF-16 code units; longer text is cut at a whole character, and ends in an ellipsis. */
export function cut(text: string, maxLength: number): string {
  return text.length <= maxLength ? text : `${text.slice(0, maxLength).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

function codePoint(character: string): string {
  const code = (character.codePointAt(0) as number).toString(16);
  return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, '0')}`;
}

/**
 * Text for the log, no line of which can be a workflow command. The runner takes a line for one when it starts with
 * `::` after white space, or has `##[` anywhere. What follows a line feed is indented: text from outside cannot
 * pass for a line of its own.
 *
 * @see https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs TryParseV2, TryParse
 */
export function forLog(text: string): string {
  return linesOf(text, MAX_TEXT_LENGTH)
    .map((line) => line.replace(/^(\s*):/, '$1\\:').replaceAll('##[', '##\\['))
    .join('\n  ');
}

/**
 * Text that stays text in Markdown: in prose, in a list, in a table's cell. Line feeds become `<br>`.
 *
 * @param maxLength As for {@link visible}.
 */
export function forMarkdown(text: string, maxLength = MAX_TEXT_LENGTH): string {
  return inlineForMarkdown(text, maxLength).replace(BLOCK_MARKER, entity);
}

/** As {@link forMarkdown}, for what other text comes before on the same line. */
export function inlineForMarkdown(text: string, maxLength = MAX_TEXT_LENGTH): string {
  return linesOf(text, maxLength).map(escapeMarkdown).join('<br>');
}

/** Text as code, for what people copy: safe in a table's cell too, where a backtick or a pipe ends a code span. */
export function codeForMarkdown(text: string, maxLength = MAX_TEXT_LENGTH): string {
  return `<code>${escapeMarkdown(visible(text, maxLength))}</code>`;
}

/**
 * A URL of the web as the target of a link, percent-encoded where Markdown, or a table around it, would take a
 * character for its own.
 *
 * @returns undefined for any other URL, for one that holds credentials, and for one that is too long to be shown.
 */
export function urlForMarkdown(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const { protocol, username, password, href } = new URL(text);
  const ofWeb = protocol === 'https:' || protocol === 'http:';
  if (!ofWeb || username || password || href.length > MAX_TEXT_LENGTH) return undefined;
  return href.replaceAll(UNSAFE_IN_URL, percentEncoded).replaceAll('&', '&amp;');
}

const UNSAFE_IN_URL = /[^\w\-.~:/?#%=+,;&]/g;

function percentEncoded(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

/** Of a list, an underlined heading or indented code: they count at the beginning only. */
const BLOCK_MARKER = /(?<=^\d+)[.)]|^[-+=\s]/;

const SPECIAL_IN_MARKDOWN = /[&<>|`*_~[\]\\!$@#]|:(?=\/\/)|(?<=www)\./gi;

/** What keeps a character away from the one that would make a link or a formula of it. */
const APART: Readonly<Record<string, string>> = {
  '@': '@<!-- -->',
  '#': '#<!-- -->',
  ':': ':<!-- -->',
  '.': '<!-- -->.',
  $: '<span>$</span>',
};

/**
 * Entities do against Markdown and HTML. But GitHub makes links of `@name`, `#1` and URLs, and mathematics of
 * `$…$`, out of the finished text, where an entity is its character again. There a comment or an element keeps
 * the characters apart, and is no part of what people copy.
 *
 * @see https://github.com/github/cmark-gfm/issues/181
 * @see https://docs.github.com/en/get-started/writing-on-github/working-with-advanced-formatting/writing-mathematical-expressions
 */
function escapeMarkdown(text: string): string {
  return text.replaceAll(SPECIAL_IN_MARKDOWN, (found) => APART[found] ?? entity(found));
}

function entity(character: string): string {
  return `&#${character.charCodeAt(0)};`;
}

/** A label in a diagram has room for no more text from outside. */
export const MAX_LABEL_LENGTH = 60;

/** What ends or structures a statement of Mermaid, by what looks much like it. */
const LOOKALIKES: Readonly<Record<string, string>> = {
  ':': '∶',
  ';': '⁏',
  ',': '‚',
  '#': '＃',
  '%': '％',
  '"': '″',
  '`': 'ˋ',
  '&': '＆',
  '<': '‹',
  '>': '›',
  '{': '❴',
  '}': '❵',
  '\\': '∖',
  $: '＄',
  '~': '∼',
};

/**
 * Text for a label in a Mermaid diagram, after a word of our own: Mermaid has no escapes that all its versions
 * honour, and a label's first word may be a keyword.
 *
 * @param maxLength As for {@link visible}.
 * @see https://github.com/mermaid-js/mermaid/blob/develop/packages/mermaid/src/diagrams/gantt/parser/gantt.jison
 */
export function forMermaid(text: string, maxLength = MAX_LABEL_LENGTH): string {
  return [...visible(text, maxLength)].map((character) => LOOKALIKES[character] ?? character).join('');
}
