import { HclError } from './interruptions.js';
import { refusalOf } from './refused-characters.js';
import { heredocPiece, quotedPiece } from './template-pieces.js';
import { CLOSINGS, endOf, OPENINGS, OPERATORS, type Piece, type Token, type TokenKind } from './token.js';

interface Opened {
  readonly kind: TokenKind;
  readonly start: number;
  readonly end: number;
}

const BLANKS = /[ \t]+/y;
const BLANKS_AND_NEWLINES = /[ \t\n]+|\r\n/y;
const NEWLINE = /\r?\n/y;
/**
 * Joiners became part of names in Unicode 15.1, but not in HCL's. Some 500,000 characters are the most that a
 * pattern can take without filling the stack of the matcher.
 */
const NAME = String.raw`[\p{ID_Start}_][[\p{ID_Continue}\-]--[\u200c\u200d]]{0,500000}`;
const IDENTIFIER = new RegExp(NAME, 'vy');
const NUMBER = /\d+(?:\.[\d.]*\d)?(?:\.?[eE][+-]?\d+)?/y;
const QUOTE = /"/y;
const HEREDOC = new RegExp(`<<-?${NAME}\\r?\\n`, 'vy');
const SEQUENCE_END = /~?\}/y;
/** What neither opens nor closes anything, and is no newline: enough to know of what is passed over. */
const DULL = /[\p{ID_Continue}.,:=?!+*%> \t-]{1,4096}/uy;
const SYMBOLS: readonly TokenKind[] = ['{', '}', '[', ']', '(', ')', ...OPERATORS];
const SYMBOL = new RegExp(SYMBOLS.map((symbol) => symbol.replaceAll(/\W/g, '\\$&')).join('|'), 'y');

/**
 * Takes a text of HCL apart, one token after the other, and keeps none of them.
 *
 * @see https://github.com/hashicorp/hcl/blob/v2.23.0/hclsyntax/scan_tokens.rl
 */
export class Lexer {
  readonly text: string;
  readonly #newlinesCount: boolean;
  readonly #opened: Opened[] = [];
  #at = 0;
  #peeked: Token | undefined;

  /** @param newlinesCount - outside of all brackets: true for a file, false for a single expression */
  constructor(text: string, newlinesCount: boolean) {
    this.text = text;
    this.#newlinesCount = newlinesCount;
  }

  /** @throws HclError if the text goes on with what is no token */
  peek(): Token {
    this.#peeked ??= this.#scan();
    return this.#peeked;
  }

  /** @throws HclError as `peek` does */
  next(): Token {
    const token = this.peek();
    this.#peeked = undefined;
    return token;
  }

  textOf(token: Token): string {
    return this.text.slice(token.start, token.end);
  }

  /** Passes over the rest of an argument or block at `depth`: up to the newline, or the bracket around it, that ends it. */
  skipTo(depth: number): void {
    for (let token = this.peek(); token.kind !== 'end' && token.depth >= depth; token = this.peek()) {
      if (token.kind === 'newline' && token.depth === depth) return;
      this.next();
      if (!this.#inTemplate()) this.#at = endOf(DULL, this.text, this.#at) ?? this.#at;
    }
  }

  #inTemplate(): boolean {
    const innermost = this.#opened.at(-1)?.kind;
    return innermost === 'quote' || innermost === 'heredoc';
  }

  #scan(): Token {
    const innermost = this.#opened.at(-1);
    switch (innermost?.kind) {
      case 'quote':
        return this.#token(quotedPiece(this.text, this.#at, innermost.start));
      case 'heredoc':
        return this.#token(heredocPiece(this.text, this.#at, innermost.start, this.#markerOf(innermost)));
      default:
        this.#passOver(innermost === undefined ? this.#newlinesCount : innermost.kind === '{');
        return this.#token(this.#piece(innermost));
    }
  }

  #token({ kind, end }: Piece): Token {
    const start = this.#at;
    this.#at = end;
    const closes = CLOSINGS.get(kind);
    if (closes !== undefined) this.#close(closes, start);
    if (OPENINGS.has(kind)) this.#opened.push({ kind, start, end });
    return { kind, start, end, depth: this.#opened.length };
  }

  #close(closes: readonly TokenKind[], start: number): void {
    const opened = this.#opened.pop();
    if (opened === undefined) throw new HclError(start, 'Nothing is open that this bracket could close.');
    if (closes.includes(opened.kind)) return;
    throw new HclError(
      start,
      `This bracket does not close the ${OPENINGS.get(opened.kind)} that is open here.`,
    );
  }

  /** `<<-EOT` ends at `EOT`. */
  #markerOf(heredoc: Opened): string {
    return this.text.slice(heredoc.start, heredoc.end).replace(/^<<-?/, '').trimEnd();
  }

  /** Passes over what is no token. */
  #passOver(newlinesCount: boolean): void {
    const blanks = newlinesCount ? BLANKS : BLANKS_AND_NEWLINES;
    for (;;) {
      const end = endOf(blanks, this.text, this.#at) ?? this.#endOfComment();
      if (end === undefined) return;
      this.#at = end;
    }
  }

  /** One that lasts to the end of its line ends before the newline, which may count. */
  #endOfComment(): number | undefined {
    const beginning = this.text.slice(this.#at, this.#at + 2);
    if (beginning.startsWith('#') || beginning === '//') {
      const newline = this.text.indexOf('\n', this.#at);
      return newline < 0 ? this.text.length : newline;
    }
    if (beginning !== '/*') return undefined;
    const end = this.text.indexOf('*/', this.#at + 2);
    if (end < 0) throw new HclError(this.#at, 'This comment is not closed before the end of the text.');
    return end + 2;
  }

  #piece(innermost: Opened | undefined): Piece {
    if (this.#at === this.text.length) return this.#end(innermost);
    const inSequence = innermost?.kind === '${' || innermost?.kind === '%{';
    return (
      this.#find('identifier', IDENTIFIER) ??
      this.#find('newline', NEWLINE) ??
      this.#find('quote', QUOTE) ??
      (inSequence ? this.#find('sequence end', SEQUENCE_END) : undefined) ??
      this.#find('number', NUMBER) ??
      this.#find('heredoc', HEREDOC) ??
      this.#symbol()
    );
  }

  #find(kind: TokenKind, pattern: RegExp): Piece | undefined {
    const end = endOf(pattern, this.text, this.#at);
    return end === undefined ? undefined : { kind, end };
  }

  #symbol(): Piece {
    const end = endOf(SYMBOL, this.text, this.#at);
    if (end === undefined) throw new HclError(this.#at, refusalOf(this.text.charAt(this.#at)));
    return { kind: this.text.slice(this.#at, end) as TokenKind, end };
  }

  #end(innermost: Opened | undefined): Piece {
    if (innermost === undefined) return { kind: 'end', end: this.#at };
    const what = OPENINGS.get(innermost.kind);
    throw new HclError(innermost.start, `This ${what} is not closed before the end of the text.`);
  }
}
