/** A deterministic source of numbers in [0, 1): mulberry32. The same seed gives the same mutations everywhere. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** What breaks readers of HCL: every bracket, quote, comment and operator, whole pieces of syntax, and odd characters. */
const TOKENS = [
  ...'{}[]()"=:,.?!~*/%+-<>&|$#;\'`^\\\n\r\t \0',
  ...[
    '${',
    '%{',
    '$${',
    '%%{',
    '${~',
    '~}',
    '"${',
    '}"',
    '/*',
    '*/',
    '//',
    '<<EOT\n',
    '<<-EOT\n',
    'EOT\n',
    '\nEOT\n',
  ],
  ...[
    '==',
    '!=',
    '>=',
    '<=',
    '&&',
    '||',
    '=>',
    '...',
    '::',
    '\r\n',
    '\\"',
    '\\\\',
    '\\u00e9',
    '\\U0001F600',
    '\\q',
    '\\u12',
  ],
  ...[
    'true',
    'false',
    'null',
    'for',
    'if',
    'in',
    '1',
    '0',
    '12.50',
    '1e3',
    '-1',
    '"x"',
    '""',
    'var.x',
    'lower("A")',
  ],
  ...[
    'backend "s3" {\n',
    'terraform {\n',
    'bucket = "c"\n',
    '\n',
    '{}',
    '[]',
    '{ a = 1, b : 2 }',
    '[1, "a", true]',
  ],
  ...[
    '%{ if true }',
    '%{ else }',
    '%{ endif }',
    'é',
    'e\u0301',
    '\u{1F468}\u200d\u{1F469}',
    '\ufeff',
    '\u00a0',
    '\u0085',
    '\u2028',
    '\ufffd',
  ],
];

/** A text with one to four changes: characters, tokens, lines, and pieces of other texts. */
export function mutated(text: string, others: readonly string[], random: () => number): string {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const at = (within: string) => Math.floor(random() * (within.length + 1));
  const changes: readonly ((from: string) => string)[] = [
    (from) => splice(from, at(from), 0, pick(TOKENS)),
    (from) => splice(from, at(from), 1, pick(TOKENS)),
    (from) => splice(from, at(from), 1 + Math.floor(random() * 3), ''),
    (from) => splice(from, at(from), 1, String.fromCharCode(Math.floor(random() * 128))),
    (from) => splice(from, at(from), Math.floor(random() * 30), ''),
    (from) => from.slice(0, at(from)),
    (from) => splice(from, at(from), 0, piece(pick(others), random)),
    (from) => onLines(from, (lines) => lines.toSpliced(Math.floor(random() * lines.length), 1)),
    (from) => onLines(from, (lines) => lines.toSpliced(Math.floor(random() * lines.length), 0, pick(lines))),
    (from) =>
      onTokens(from, (tokens) => tokens.toSpliced(Math.floor(random() * tokens.length), 1, pick(TOKENS))),
    (from) => onTokens(from, (tokens) => tokens.toSpliced(Math.floor(random() * tokens.length), 1)),
    (from) =>
      onTokens(from, (tokens) => tokens.toSpliced(Math.floor(random() * tokens.length), 0, pick(tokens))),
  ];
  let changed = text;
  for (let count = 1 + Math.floor(random() * 4); count > 0; count--) changed = pick(changes)(changed);
  return changed.toWellFormed();
}

const splice = (text: string, at: number, count: number, inserted: string) =>
  text.slice(0, at) + inserted + text.slice(at + count);

const onLines = (text: string, change: (lines: string[]) => string[]) => change(text.split('\n')).join('\n');

const onTokens = (text: string, change: (tokens: string[]) => string[]) =>
  change(text.match(/\w+|\s+|./gsu) ?? ['']).join('');

function piece(text: string, random: () => number): string {
  const start = Math.floor(random() * text.length);
  return text.slice(start, start + Math.floor(random() * 40));
}
