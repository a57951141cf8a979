/** Stands for bytes that were not UTF-8 when the text was decoded. */
export const REPLACEMENT_CHARACTER = '\ufffd';

export const NOT_UTF8 =
  'Here are bytes that are not UTF-8, or their replacement character. HCL is always UTF-8.';

const SENTENCES: readonly (readonly [characters: string, sentence: string])[] = [
  ["'", 'Single quotes mean nothing in HCL. Put strings into double quotes.'],
  ['`', 'Backticks mean nothing in HCL. For a string of many lines, use a heredoc such as <<EOT.'],
  [
    ';',
    'Semicolons mean nothing in HCL. Arguments end with their line, and commas separate the items of a list.',
  ],
  ['“”„', 'Curly quotes mean nothing in HCL. Put strings into straight double quotes.'],
  ['&|^~', 'HCL has no operators on bits. "And" is &&, "or" is ||, and "not" is !.'],
  [REPLACEMENT_CHARACTER, NOT_UTF8],
];

/** Why a character cannot stand outside of strings and comments. */
export function refusalOf(character: string): string {
  const found = SENTENCES.find(([characters]) => characters.includes(character));
  return found?.[1] ?? 'HCL does not know this character outside of strings and comments.';
}
