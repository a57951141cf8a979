import type { OutputName } from '../../job/runner.js';

/**
 * The report of a command that has one; else its outputs, by their names, as texts. Nothing in it has an effect in a terminal:
 * JSON lets control characters above U+007E stand as they are, and they are escaped here, which leaves the value the same.
 */
export function jsonOf(outputs: ReadonlyMap<OutputName, string>): string {
  const json = outputs.get('report') ?? JSON.stringify(Object.fromEntries(outputs));
  return json.replaceAll(UNSEEN, escaped);
}

/** As where text is shown. White space between JSON's tokens is none of them. */
const UNSEEN = /[\x7f-\x9f\p{Cf}\p{Zl}\p{Zp}]/gu;

/** One beyond U+FFFF has two halves. */
const escaped = (character: string) =>
  character
    .split('')
    .map((half) => `\\u${half.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
