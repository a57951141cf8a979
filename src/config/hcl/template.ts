import { type Operand, toText } from './conversion.js';
import { unescaped } from './escapes.js';
import { HclError, NotLiteral } from './interruptions.js';
import type { Lexer } from './lexer.js';
import { NOT_UTF8, REPLACEMENT_CHARACTER } from './refused-characters.js';
import type { Token } from './token.js';
import { type KnownValue, string } from './value.js';

type Part =
  | { readonly kind: 'literal'; text: string }
  | { readonly kind: 'value'; readonly operand: Operand };

/**
 * Reads a string or a heredoc, whose opening is the next token.
 *
 * @param sequence - reads the expression in `${ }`
 */
export function readTemplate(lexer: Lexer, sequence: () => Operand): KnownValue {
  const opening = lexer.next();
  const parts = [...partsOf(lexer, sequence)];
  const [first] = parts;
  // What is nothing but a sequence keeps its type, as in HCL: "${1}" is 1.
  if (parts.length === 1 && first?.kind === 'value') return first.operand.value;
  if (lexer.textOf(opening).startsWith('<<-')) unindent(parts);
  return string(parts.map((part) => (part.kind === 'literal' ? part.text : toText(part.operand))).join(''));
}

/** Reads a string that must not have sequences, such as the label of a block. Its opening is the next token. */
export function readPlainString(lexer: Lexer): string {
  lexer.next();
  let text = '';
  for (let token = lexer.next(); token.kind !== 'quote end'; token = lexer.next()) {
    if (token.kind === '${' || token.kind === '%{') {
      throw new HclError(token.start, 'A template sequence cannot stand in the label of a block.');
    }
    text += literal(lexer, token);
  }
  return text;
}

function* partsOf(lexer: Lexer, sequence: () => Operand): Generator<Part> {
  for (let token = lexer.next(); !token.kind.endsWith(' end'); token = lexer.next()) {
    if (token.kind === '${') yield { kind: 'value', operand: inSequence(lexer, token, sequence) };
    else if (token.kind === '%{') throw new NotLiteral(token.start, 'directive');
    else yield { kind: 'literal', text: literal(lexer, token) };
  }
}

function inSequence(lexer: Lexer, opening: Token, sequence: () => Operand): Operand {
  const operand = sequence();
  const closing = lexer.peek();
  if (closing.kind !== 'sequence end') {
    throw new HclError(
      closing.start,
      'A closing brace must follow the expression in a template sequence. Write $${ for a literal ${.',
    );
  }
  lexer.next();
  const stripped = [opening, closing].some((token) => lexer.textOf(token).includes('~'));
  if (stripped) throw new NotLiteral(opening.start, 'directive');
  return operand;
}

function literal(lexer: Lexer, token: Token): string {
  if (token.kind === 'escape') return unescaped(lexer, token);
  const text = lexer.textOf(token);
  const at = text.indexOf(REPLACEMENT_CHARACTER);
  if (at >= 0) throw new HclError(token.start + at, NOT_UTF8);
  return text;
}

/**
 * Takes the indentation off that all lines have in common. Lines of white space do not count, and stay as they are.
 *
 * @see https://github.com/hashicorp/hcl/blob/v2.23.0/hclsyntax/parser_template.go flushHeredocTemplateParts
 */
function unindent(parts: readonly Part[]): void {
  const indented = parts.filter((part, index) => beginsLine(parts, index) && !isBlankLine(part));
  const common = indented.reduce(
    (least, part) => Math.min(least, indentationOf(part)),
    Number.POSITIVE_INFINITY,
  );
  for (const part of indented) if (part.kind === 'literal') part.text = part.text.slice(common);
}

function beginsLine(parts: readonly Part[], index: number): boolean {
  const before = parts[index - 1];
  return before === undefined || (before.kind === 'literal' && before.text.endsWith('\n'));
}

function isBlankLine(part: Part): boolean {
  return part.kind === 'literal' && /^\p{White_Space}*\n$/u.test(part.text);
}

function indentationOf(part: Part): number {
  if (part.kind === 'value') return 0;
  return /^\p{White_Space}*/u.exec(part.text)?.[0].length ?? 0;
}
