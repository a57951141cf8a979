import { HclError } from './interruptions.js';
import { endOf, type Piece } from './token.js';

const QUOTED_TEXT = /[^"\\$%\r\n]+/y;
const HEREDOC_TEXT = /[^$%\r\n]*\r?\n|[^$%\r\n]+/y;
const SEQUENCE = /[$%]\{~?/y;
const DOUBLED = /\$\$\{|%%\{/y;
const LONE_SIGN = /[$%]/y;
const BACKSLASH = /\\(?:u[\da-fA-F]{0,4}|U[\da-fA-F]{0,8}|[^\r\n])/y;
const QUOTE = /"/y;
/** White space of Unicode, but for what ends lines. */
const BLANK = /^[\t\v\f\x85\p{Z}]*$/u;

/** The piece at `start` of a string in quotes, which was opened at `opened`. */
export function quotedPiece(text: string, start: number, opened: number): Piece {
  const quote = endOf(QUOTE, text, start);
  if (quote !== undefined) return { kind: 'quote end', end: quote };
  const backslash = endOf(BACKSLASH, text, start);
  if (backslash !== undefined) return { kind: 'escape', end: backslash };
  const piece = templatePiece(text, start, QUOTED_TEXT);
  if (piece !== undefined) return piece;
  if (start === text.length) {
    throw new HclError(opened, 'This string is not closed before the end of the text.');
  }
  throw new HclError(start, 'A string in quotes must end on the line that it begins on.');
}

/** The piece at `start` of a heredoc that `marker` ends. */
export function heredocPiece(text: string, start: number, opened: number, marker: string): Piece {
  const end = text.charAt(start - 1) === '\n' ? endOfMarkerLine(text, start, marker) : undefined;
  if (end !== undefined) return { kind: 'heredoc end', end };
  const piece = templatePiece(text, start, HEREDOC_TEXT);
  if (piece !== undefined) return piece;
  if (start < text.length) throw new HclError(start, 'A carriage return must be followed by a line feed.');
  throw new HclError(
    opened,
    'This heredoc has no line with its end marker alone before the end of the text.',
  );
}

/** Before the line break; undefined if there is more than the marker and white space on the line. */
function endOfMarkerLine(text: string, start: number, marker: string): number | undefined {
  const lineEnd = text.indexOf('\n', start);
  if (lineEnd < 0) return undefined;
  const line = text.slice(start, lineEnd).replace(/\r$/, '');
  const at = line.indexOf(marker);
  const alone = at >= 0 && BLANK.test(line.slice(0, at)) && BLANK.test(line.slice(at + marker.length));
  return alone ? start + line.length : undefined;
}

function templatePiece(text: string, start: number, plain: RegExp): Piece | undefined {
  const plainEnd = endOf(plain, text, start);
  if (plainEnd !== undefined) return { kind: 'text', end: plainEnd };
  const doubled = endOf(DOUBLED, text, start);
  if (doubled !== undefined) return { kind: 'escape', end: doubled };
  const sequence = endOf(SEQUENCE, text, start);
  if (sequence !== undefined) return { kind: text.charAt(start) === '$' ? '${' : '%{', end: sequence };
  const sign = endOf(LONE_SIGN, text, start);
  return sign === undefined ? undefined : { kind: 'text', end: sign };
}
