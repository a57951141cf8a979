const LONGEST_QUOTE = 200;

/** A text as it may stand in a message: on one line, in double quotes, not endless. */
export function quote(text: string): string {
  return text.length <= LONGEST_QUOTE
    ? JSON.stringify(text)
    : `${JSON.stringify(text.slice(0, LONGEST_QUOTE))} and ${text.length - LONGEST_QUOTE} more characters`;
}

/** "a", "a or b", "a, b or c". */
export function orList(words: readonly string[]): string {
  return words.length < 2 ? words.join() : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}
