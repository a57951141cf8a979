/**
 * A smallest piece of HCL. White space and comments are none, and neither is a newline in parentheses, in square brackets
 * or in a template sequence, where it means nothing.
 */
export interface Token extends Piece {
  /** Offset in the text. */
  readonly start: number;
  /** How many brackets, strings and template sequences are open behind this token. */
  readonly depth: number;
}

export interface Piece {
  readonly kind: TokenKind;
  /** Offset behind the last character. */
  readonly end: number;
}

/** Symbols are called as they are written. */
export type TokenKind =
  | ('identifier' | 'number' | 'newline' | 'end')
  | ('{' | '}' | '[' | ']' | '(' | ')')
  | (typeof OPERATORS)[number]
  | ('quote' | 'quote end' | 'heredoc' | 'heredoc end')
  /** In a string: plain text, and what stands for other text, such as `\\n` or `$${`. */
  | ('text' | 'escape')
  /** In a string: `${…}` and `%{…}`. */
  | ('${' | '%{' | 'sequence end');

/** Longer ones come before those that they begin with. */
export const OPERATORS = [
  ...(['...', '==', '!=', '>=', '<=', '&&', '||', '=>', '::'] as const),
  ...(['=', '<', '>', '+', '-', '*', '/', '%', '!', '?', ':', '.', ','] as const),
];

/** What each token opens, as people call it. */
export const OPENINGS: ReadonlyMap<TokenKind, string> = new Map([
  ['{', 'brace'],
  ['[', 'square bracket'],
  ['(', 'parenthesis'],
  ['quote', 'string'],
  ['heredoc', 'heredoc'],
  ['${', 'template sequence'],
  ['%{', 'template sequence'],
]);

/** What each token closes. */
export const CLOSINGS: ReadonlyMap<TokenKind, readonly TokenKind[]> = new Map([
  ['}', ['{']],
  [']', ['[']],
  [')', ['(']],
  ['quote end', ['quote']],
  ['heredoc end', ['heredoc']],
  ['sequence end', ['${', '%{']],
]);

/** Where the token ends that `pattern`, which must be sticky, finds at `start`; undefined if it finds none there. */
export function endOf(pattern: RegExp, text: string, start: number): number | undefined {
  pattern.lastIndex = start;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}
