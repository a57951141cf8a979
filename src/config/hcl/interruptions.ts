import type { Position } from './position.js';
import type { Need, UnknownValue } from './value.js';

/** The text is not HCL, or HCL refuses to evaluate it. Caught where a reading begins. */
export class HclError extends Error {
  override readonly name = 'HclError';
  readonly offset: number;

  /** @param sentence - whole, and without any value of the text: that may be a secret */
  constructor(offset: number, sentence: string) {
    super(sentence);
    this.offset = offset;
  }
}

/** The value needs more than literals. Caught where it begins, and the rest of it is passed over. */
export class NotLiteral extends Error {
  override readonly name = 'NotLiteral';
  readonly offset: number;
  readonly needs: Need;
  readonly reference: string | undefined;

  /** @param reference - only what is sure to be a name */
  constructor(offset: number, needs: Need, reference?: string) {
    super(needs);
    this.offset = offset;
    this.needs = needs;
    this.reference = reference;
  }
}

/** The value that could not be read because of `reason`. */
export function unknownValue(reason: NotLiteral, positionOf: (offset: number) => Position): UnknownValue {
  const { needs, offset, reference } = reason;
  const name = reference === undefined ? {} : { name: reference };
  return { kind: 'unknown', needs, position: positionOf(offset), ...name };
}
