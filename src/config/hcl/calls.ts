import { type Operand, toText } from './conversion.js';
import { HclError, NotLiteral } from './interruptions.js';
import type { Lexer } from './lexer.js';
import { type KnownValue, string, type TextFunction } from './value.js';

/** A function that is about to be called. */
interface Callee {
  readonly name: string;
  /** Where its name begins. */
  readonly start: number;
  readonly called: TextFunction;
}

/** Reads the argument of a call, whose parenthesis is the next token, and calls the function. */
export function readCall(lexer: Lexer, callee: Callee, read: () => Operand): KnownValue {
  const { name, start, called } = callee;
  const [argument, ...more] = readOperands(lexer, callee, read);
  if (argument === undefined || more.length > 0) {
    throw new HclError(start, `The function "${name}" takes one argument.`);
  }
  const result = called(toText(argument));
  if (result.kind === 'failed') throw new HclError(start, result.because);
  return string(result.text);
}

/** A comma may follow the last one. */
function readOperands(lexer: Lexer, { name, start }: Callee, read: () => Operand): Operand[] {
  lexer.next();
  const operands: Operand[] = [];
  while (lexer.peek().kind !== ')') {
    operands.push(read());
    const separator = lexer.peek();
    if (separator.kind === '...') throw new NotLiteral(start, 'function', name);
    if (separator.kind === ',') lexer.next();
    else if (separator.kind !== ')') {
      throw new HclError(separator.start, 'A comma must separate the arguments of a function.');
    }
  }
  lexer.next();
  return operands;
}
