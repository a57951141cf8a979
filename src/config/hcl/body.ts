import { ExpressionReader, MAX_NESTING } from './expression.js';
import { HclError, NotLiteral, unknownValue } from './interruptions.js';
import { Lexer } from './lexer.js';
import { type Position, positionsIn } from './position.js';
import { readPlainString } from './template.js';
import type { Token } from './token.js';
import { type HclValue, MAX_NAMES, type Scope, TOO_MANY_NAMES } from './value.js';

export interface HclBody {
  readonly attributes: ReadonlyMap<string, HclAttribute>;
  readonly blocks: readonly HclBlock[];
}

export interface HclBlock extends HclBody {
  readonly type: string;
  readonly labels: readonly string[];
  /** Of the type. */
  readonly position: Position;
}

export interface HclAttribute {
  readonly value: HclValue;
  /** Of the name. */
  readonly position: Position;
}

/** What to read of a body: all of it, or the blocks of these types alone. All else is passed over. */
export type Wanted = 'whole' | { readonly [type: string]: Wanted };

interface Found {
  readonly attributes: Map<string, HclAttribute>;
  readonly blocks: HclBlock[];
}

/** Reads the arguments and blocks of a text. */
export class BodyReader {
  readonly positionOf: (offset: number) => Position;
  /** The types of blocks, and the names of arguments, at the top that were passed over, and where each stands first. */
  readonly passedOver = new Map<string, Position>();
  readonly #lexer: Lexer;
  readonly #scope: Scope;

  constructor(text: string, scope: Scope) {
    this.positionOf = positionsIn(text);
    this.#lexer = new Lexer(text, true);
    this.#scope = scope;
  }

  /** @throws HclError */
  read(wanted: Wanted): HclBody {
    const found = { attributes: new Map(), blocks: [] };
    this.#items(wanted, found, 'end');
    return found;
  }

  #items(wanted: Wanted, found: Found, closing: 'end' | '}'): void {
    for (;;) {
      const token = this.#lexer.next();
      if (token.kind === closing) return;
      if (token.kind === 'newline') continue;
      this.#item(token, wanted, found);
      this.#endOfLine();
    }
  }

  #item(name: Token, wanted: Wanted, found: Found): void {
    if (name.kind === 'quote') {
      throw new HclError(name.start, 'The name of an argument must not be in quotes.');
    }
    if (name.kind !== 'identifier') {
      throw new HclError(name.start, 'An argument or a block is required here.');
    }
    switch (this.#lexer.peek().kind) {
      case '=':
        this.#attribute(name, wanted, found);
        break;
      case 'quote':
      case 'identifier':
      case '{':
        this.#block(name, wanted, found);
        break;
      default:
        throw new HclError(
          name.start,
          'An equals sign, or the brace or label of a block, must follow this name.',
        );
    }
  }

  #attribute(name: Token, wanted: Wanted, found: Found): void {
    this.#lexer.next();
    if (wanted === 'whole') this.#argument(name, found);
    else this.#passOver(name);
  }

  #argument(name: Token, found: Found): void {
    const text = this.#lexer.textOf(name);
    const before = found.attributes.get(text)?.position;
    if (before !== undefined) {
      const where = `line ${before.line}, column ${before.column}`;
      throw new HclError(
        name.start,
        `The argument "${text}" is set already at ${where}. Each may be set only once.`,
      );
    }
    if (found.attributes.size >= MAX_NAMES) throw new HclError(name.start, TOO_MANY_NAMES);
    found.attributes.set(text, { position: this.positionOf(name.start), value: this.#value(name.depth) });
  }

  #value(depth: number): HclValue {
    try {
      return new ExpressionReader(this.#lexer, this.#scope).read();
    } catch (reason) {
      if (!(reason instanceof NotLiteral)) throw reason;
      this.#lexer.skipTo(depth);
      return unknownValue(reason, this.positionOf);
    }
  }

  #block(name: Token, wanted: Wanted, found: Found): void {
    const type = this.#lexer.textOf(name);
    const inside = wantedOf(type, wanted);
    const labels = this.#labels();
    if (inside === undefined) {
      this.#passOver(name);
      return;
    }
    if (name.depth >= MAX_NESTING) throw new HclError(name.start, 'Blocks are nested too deeply here.');
    const block = { type, labels, position: this.positionOf(name.start), attributes: new Map(), blocks: [] };
    this.#content(inside, block);
    found.blocks.push(block);
  }

  /** Reads up to the opening brace, which must be on the same line. */
  #labels(): string[] {
    const labels: string[] = [];
    for (;;) {
      const token = this.#lexer.peek();
      if (token.kind === 'quote') labels.push(readPlainString(this.#lexer));
      else if (token.kind !== 'identifier' && token.kind !== '{') {
        throw new HclError(token.start, 'The opening brace of the block must follow here, on the same line.');
      } else {
        this.#lexer.next();
        if (token.kind === '{') return labels;
        labels.push(this.#lexer.textOf(token));
      }
    }
  }

  #content(wanted: Wanted, found: Found): void {
    const first = this.#lexer.peek();
    if (first.kind === 'newline' || first.kind === '}') this.#items(wanted, found, '}');
    else this.#onOneLine(this.#lexer.next(), wanted, found);
  }

  /** On one line with its brace, a block has a single argument. */
  #onOneLine(first: Token, wanted: Wanted, found: Found): void {
    if (first.kind === 'identifier' && this.#lexer.peek().kind !== '=') {
      throw new HclError(first.start, 'A block inside of a block must begin on a line of its own.');
    }
    this.#item(first, wanted, found);
    const closing = this.#lexer.next();
    if (closing.kind !== '}') {
      throw new HclError(
        closing.start,
        'A block on one line has a single argument, and its closing brace behind that.',
      );
    }
  }

  /** Passes over the rest of what begins with `name`. */
  #passOver(name: Token): void {
    const text = this.#lexer.textOf(name);
    if (name.depth === 0 && !this.passedOver.has(text))
      this.passedOver.set(text, this.positionOf(name.start));
    this.#lexer.skipTo(name.depth);
  }

  #endOfLine(): void {
    const token = this.#lexer.peek();
    if (token.kind === 'end') return;
    if (token.kind === ',') throw new HclError(token.start, 'Newlines must separate arguments, not commas.');
    if (token.kind !== 'newline') {
      throw new HclError(token.start, 'A newline must follow the argument or block.');
    }
    this.#lexer.next();
  }
}

/** What of a block is wanted; undefined if nothing is. */
function wantedOf(type: string, wanted: Wanted): Wanted | undefined {
  if (wanted === 'whole') return wanted;
  return Object.hasOwn(wanted, type) ? wanted[type] : undefined;
}
