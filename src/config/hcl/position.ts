/** Where something stands in a text, counted from 1. A column is a character as people see it: a grapheme cluster. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Behind so much of a line, code points do as characters: a segmenter copies the whole text for each of its segments. */
const LONG = 500;

const PLAIN = /^[\t\x20-\x7e]*$/;

/** Returns what tells the position of an offset in `text`. The lines are looked up when they are first asked for. */
export function positionsIn(text: string): (offset: number) => Position {
  let starts: readonly number[] | undefined;
  return (offset) => {
    starts ??= lineStarts(text);
    const line = countUpTo(starts, offset);
    return { line, column: charactersIn(text.slice(starts[line - 1], offset)) + 1 };
  };
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) starts.push(end + 1);
  return starts;
}

/** How many of the ascending numbers are not greater than `limit`. */
function countUpTo(ascending: readonly number[], limit: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] as number) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

function charactersIn(text: string): number {
  if (PLAIN.test(text)) return text.length;
  return text.length > LONG ? [...text].length : [...new Intl.Segmenter().segment(text)].length;
}
