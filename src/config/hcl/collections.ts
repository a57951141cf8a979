import { type Operand, toText } from './conversion.js';
import { HclError, NotLiteral } from './interruptions.js';
import type { Lexer } from './lexer.js';
import type { TokenKind } from './token.js';
import { type KnownValue, MAX_NAMES, TOO_MANY_NAMES } from './value.js';

type Read = () => Operand;

/** Reads `[…]`, whose bracket is the next token. */
export function readTuple(lexer: Lexer, read: Read): KnownValue {
  lexer.next();
  refuseFor(lexer);
  const items: KnownValue[] = [];
  while (lexer.peek().kind !== ']') {
    items.push(read().value);
    const separator = lexer.peek();
    if (separator.kind === ',') lexer.next();
    else if (separator.kind !== ']') {
      throw new HclError(separator.start, 'A comma must separate the items of a list.');
    }
  }
  lexer.next();
  return { kind: 'tuple', items };
}

/** Reads `{…}`, whose brace is the next token. As in HCL, the last of equal keys counts. */
export function readObject(lexer: Lexer, read: Read): KnownValue {
  lexer.next();
  skipNewlines(lexer);
  refuseFor(lexer);
  const entries = new Map<string, KnownValue>();
  while (lexer.peek().kind !== '}') {
    const key = readKey(lexer, read);
    const sign = lexer.next();
    if (sign.kind !== '=' && sign.kind !== ':') {
      throw new HclError(
        sign.start,
        'An equals sign or a colon must stand between the key of an object and its value.',
      );
    }
    if (entries.size >= MAX_NAMES) throw new HclError(sign.start, TOO_MANY_NAMES);
    entries.set(key, read().value);
    const separator = lexer.peek();
    if (separator.kind === ',') lexer.next();
    else if (separator.kind !== '}' && separator.kind !== 'newline') {
      throw new HclError(separator.start, 'A comma or a newline must separate the items of an object.');
    }
    skipNewlines(lexer);
  }
  lexer.next();
  return { kind: 'object', entries };
}

/** Behind a bare key. What else may stand there makes it the beginning of an expression. */
const ENDS_KEY: ReadonlySet<TokenKind> = new Set<TokenKind>([
  '=',
  ':',
  'newline',
  ',',
  '}',
  'identifier',
  'quote',
  'number',
]);

/** A bare word is its own name; everything else is an expression. */
function readKey(lexer: Lexer, read: Read): string {
  const first = lexer.peek();
  if (first.kind !== 'identifier') return toText(read()).normalize('NFC');
  lexer.next();
  if (!ENDS_KEY.has(lexer.peek().kind)) throw new NotLiteral(first.start, 'variable');
  return lexer.textOf(first).normalize('NFC');
}

function refuseFor(lexer: Lexer): void {
  const first = lexer.peek();
  if (first.kind === 'identifier' && lexer.textOf(first) === 'for') throw new NotLiteral(first.start, 'for');
}

function skipNewlines(lexer: Lexer): void {
  while (lexer.peek().kind === 'newline') lexer.next();
}
