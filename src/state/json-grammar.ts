/**
 * The grammar of JSON (RFC 8259) as a table: what a byte does in a state. Strictness is that of Go's
 * `encoding/json`, which reads states for Terraform: no byte-order mark, no control characters in strings,
 * but bytes that are not UTF-8 pass.
 */

/** Where in the grammar the scanner stands, before the next byte. */
export const State = {
  broken: 0,
  /** A value must come. */
  value: 1,
  /** A value or `]`. */
  firstElement: 2,
  /** A key or `}`. */
  firstKey: 3,
  key: 4,
  colon: 5,
  /** A comma or a closing bracket; at the top, nothing more. */
  more: 6,
  string: 7,
  escape: 8,
  hex1: 9,
  hex2: 10,
  hex3: 11,
  hex4: 12,
  minus: 13,
  zero: 14,
  integer: 15,
  point: 16,
  fraction: 17,
  exponent: 18,
  exponentSign: 19,
  exponentDigits: 20,
  /** From here on, one state for each letter of `true`, `false` and `null` but the last. */
  letters: 21,
} as const;

/** What a byte means beside the step to the next state; the two high bits of a table entry. */
export const Event = {
  none: 0,
  /** The first byte of a key or of a scalar. */
  begin: 1 << 6,
  /** The last byte of a string or a word, or white space after a number. */
  end: 2 << 6,
  /** A bracket or a comma, which may end a number too. The next state depends on what is open. */
  structure: 3 << 6,
} as const;

/** The bits of a table entry that hold the next state; the others hold the event. */
export const NEXT_STATE = 0x3f;

const WHITE_SPACE = ' \t\n\r';
const DIGITS = '0123456789';
const WORDS = ['true', 'false', 'null'];
const ANY_IN_STRING = Array.from({ length: 256 - 0x20 }, (_, index) =>
  String.fromCharCode(index + 0x20),
).join('');

type Rule = readonly [from: readonly number[], bytes: string, to: number];

const { begin, end, structure } = Event;
const VALUES = [State.value, State.firstElement];
const KEYS = [State.firstKey, State.key];
const WHOLE_NUMBERS = [State.zero, State.integer, State.fraction, State.exponentDigits];

/** Later rules win over earlier ones. */
const RULES: readonly Rule[] = [
  ...[...VALUES, ...KEYS, State.colon, State.more].map((state): Rule => [[state], WHITE_SPACE, state]),
  [VALUES, '{[', structure],
  [[State.firstElement], ']', structure],
  [[State.firstKey], '}', structure],
  [[State.more], ',]}', structure],
  [[State.colon], ':', State.value],
  [[...VALUES, ...KEYS], '"', begin | State.string],

  [[State.string], ANY_IN_STRING, State.string],
  [[State.string], '\\', State.escape],
  [[State.string], '"', end | State.more],
  [[State.escape], '"\\/bfnrt', State.string],
  [[State.escape], 'u', State.hex1],
  ...[State.hex1, State.hex2, State.hex3, State.hex4].map(
    (state): Rule => [[state], `${DIGITS}abcdefABCDEF`, state === State.hex4 ? State.string : state + 1],
  ),

  [VALUES, DIGITS, begin | State.integer],
  [VALUES, '0', begin | State.zero],
  [VALUES, '-', begin | State.minus],
  [WHOLE_NUMBERS, WHITE_SPACE, end | State.more],
  [WHOLE_NUMBERS, ',]}', structure],
  [[State.minus, State.integer], DIGITS, State.integer],
  [[State.minus], '0', State.zero],
  [[State.zero, State.integer], '.', State.point],
  [[State.point, State.fraction], DIGITS, State.fraction],
  [[State.zero, State.integer, State.fraction], 'eE', State.exponent],
  [[State.exponent], '+-', State.exponentSign],
  [[State.exponent, State.exponentSign, State.exponentDigits], DIGITS, State.exponentDigits],

  ...WORDS.flatMap(wordRules),
];

function wordRules(word: string, index: number): Rule[] {
  const first = State.letters + WORDS.slice(0, index).join('').length - index;
  return [...word].map((letter, position): Rule => {
    if (position === 0) return [VALUES, letter, begin | first];
    const here = first + position - 1;
    return [[here], letter, position === word.length - 1 ? end | State.more : here + 1];
  });
}

let table: Uint8Array | undefined;

/** For each state 256 entries, one for each byte: the next state and the event. */
export function transitionTable(): Uint8Array {
  table ??= tabulate(RULES);
  return table;
}

function tabulate(rules: readonly Rule[]): Uint8Array {
  const entries = new Uint8Array((NEXT_STATE + 1) << 8);
  for (const [from, bytes, to] of rules) {
    for (const state of from) {
      for (const byte of bytes) entries[(state << 8) | byte.charCodeAt(0)] = to;
    }
  }
  return entries;
}

/** Whether a number may end here. Only a number can stand at the top without an end of its own. */
export function endsNumber(state: number): boolean {
  return WHOLE_NUMBERS.some((whole) => whole === state);
}
