import { HclError } from './interruptions.js';
import type { Lexer } from './lexer.js';
import type { Token } from './token.js';

const SIMPLE: Readonly<Record<string, string>> = {
  '\\n': '\n',
  '\\r': '\r',
  '\\t': '\t',
  '\\"': '"',
  '\\\\': '\\',
  '$${': '${',
  '%%{': '%{',
};

const CODE_POINT = /^\\(?:u([\da-fA-F]{4})|U([\da-fA-F]{8}))$/;

/** What an escape sequence stands for. */
export function unescaped(lexer: Lexer, token: Token): string {
  const text = lexer.textOf(token);
  const simple = SIMPLE[text];
  if (simple !== undefined) return simple;
  const [, short, long] = CODE_POINT.exec(text) ?? [];
  const digits = short ?? long;
  if (digits === undefined) {
    const known = '\\n, \\r, \\t, \\", \\\\, \\u with four and \\U with eight hexadecimal digits';
    throw new HclError(token.start, `After a backslash, HCL knows only ${known}.`);
  }
  const code = Number.parseInt(digits, 16);
  if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) {
    throw new HclError(token.start, 'This escape sequence is no character of Unicode.');
  }
  return String.fromCodePoint(code);
}
