import { BodyReader, type HclAttribute, type HclBody, type Wanted } from './body.js';
import { ExpressionReader } from './expression.js';
import { HclError, NotLiteral, unknownValue } from './interruptions.js';
import { Lexer } from './lexer.js';
import { type Position, positionsIn } from './position.js';
import { type HclValue, NO_SCOPE } from './value.js';

/** What was read, or the first reason why HCL refuses the text. */
export type Reading<What> = { readonly kind: 'read'; readonly what: What } | Refused;

export interface Refused {
  readonly kind: 'refused';
  readonly position: Position;
  /** A whole sentence, without any value of the text. */
  readonly because: string;
}

/** The blocks of a text that were asked for. */
export interface HclFile extends HclBody {
  /** What else stands at the top: types of blocks and names of arguments, and where each stands first. */
  readonly passedOver: ReadonlyMap<string, Position>;
}

/** Reads the blocks that are `wanted`, and passes over everything else without a look at its values. */
export function readBlocks(text: string, wanted: Wanted, scope = NO_SCOPE): Reading<HclFile> {
  return reading(text, (bare) => {
    const reader = new BodyReader(bare, scope);
    return { ...reader.read(wanted), passedOver: reader.passedOver };
  });
}

/** Reads a text of arguments alone, such as a `.tfbackend` file. A block in it is refused. */
export function readArguments(text: string, scope = NO_SCOPE): Reading<ReadonlyMap<string, HclAttribute>> {
  const whole = reading(text, (bare) => new BodyReader(bare, scope).read('whole'));
  if (whole.kind === 'refused') return whole;
  const [block] = whole.what.blocks;
  if (block === undefined) return { kind: 'read', what: whole.what.attributes };
  const because = `Only arguments can stand here, and "${block.type}" is a block. Write it as ${block.type} = { … }.`;
  return { kind: 'refused', position: block.position, because };
}

/** Reads a single expression, such as the value of an `-backend-config="name=value"` whose type is no primitive. */
export function readExpression(text: string, scope = NO_SCOPE): Reading<HclValue> {
  return reading(text, (bare) => {
    const lexer = new Lexer(bare, false);
    try {
      const value = new ExpressionReader(lexer, scope).read();
      const after = lexer.peek();
      if (after.kind !== 'end') throw new HclError(after.start, 'Nothing may follow the expression.');
      return value;
    } catch (reason) {
      if (!(reason instanceof NotLiteral)) throw reason;
      lexer.skipTo(0);
      return unknownValue(reason, positionsIn(bare));
    }
  });
}

/** @param read - is handed the text without its byte order mark, which counts in no position */
function reading<What>(text: string, read: (bare: string) => What): Reading<What> {
  const bare = text.replace(/^\ufeff/, '');
  try {
    return { kind: 'read', what: read(bare) };
  } catch (error) {
    if (!(error instanceof HclError)) throw error;
    return { kind: 'refused', position: positionsIn(bare)(error.offset), because: error.message };
  }
}
