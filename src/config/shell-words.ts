export type ShellWords =
  | { readonly kind: 'words'; readonly words: readonly string[] }
  /** Terraform would read less than what is there, or nothing. `because` completes a sentence about the text. */
  | { readonly kind: 'unreadable'; readonly because: string };

/** A character by its backslash, a text in quotes, a piece without any, or white space: all else ends the reading. */
const PIECE = /\\(.)|'([^']*)'|"((?:\\.|[^"\\])*)"|([^ \t\r\n\\'"`();&|<>]+)|[ \t\r\n]+/sy;

const REASONS: readonly (readonly [pattern: RegExp, because: (character: string) => string])[] = [
  [/[;&|<>]/, (character) => `Terraform drops everything from an unquoted "${character}" on`],
  [/['"]/, (quote) => `a quote (${quote}) is not closed`],
  [/\\/, () => 'it ends in a backslash'],
  [/[`()]/, (character) => `Terraform is no shell, and runs nothing at an unquoted "${character}"`],
];

/**
 * Splits a text into words as Terraform and OpenTofu split `TF_CLI_ARGS`. Their parser is no shell: comments and
 * variables are text, and what follows an unquoted `;` is dropped without a word. Backticks and `$(` are text to it too,
 * but whoever writes them means something else, so here they are unreadable.
 *
 * @see https://github.com/mattn/go-shellwords/blob/v1.0.12/shellwords.go Parse, without ParseEnv and ParseBacktick
 */
export function splitShellWords(text: string): ShellWords {
  const words: string[] = [];
  let word: string | undefined;
  const pieces = new RegExp(PIECE);
  while (pieces.lastIndex < text.length) {
    const at = pieces.lastIndex;
    const piece = pieces.exec(text);
    if (piece === null) return { kind: 'unreadable', because: reasonAt(text.charAt(at)) };
    const [, escaped, single, double, plain] = piece;
    const part = escaped ?? single ?? double?.replaceAll(/\\(.)/gs, '$1') ?? plain;
    if (part !== undefined) {
      word = (word ?? '') + part;
    } else if (word !== undefined) {
      words.push(word);
      word = undefined;
    }
  }
  return { kind: 'words', words: word === undefined ? words : [...words, word] };
}

function reasonAt(character: string): string {
  const reason = REASONS.find(([pattern]) => pattern.test(character));
  return reason?.[1](character) ?? `of "${character}"`;
}
