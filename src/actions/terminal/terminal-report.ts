import type { Report } from '../../job/report.js';
import { withoutSecrets } from '../masking.js';
import { visible } from '../sanitise.js';
import { renderPlainText } from './plain-text.js';
import type { Style } from './style.js';

/** What a terminal's report is made of. */
export interface TerminalOptions {
  /** Where the summary goes, which is the answer; without a line feed at its end. */
  readonly answer: (line: string) => void;
  /** Where all else goes. */
  readonly aside: (line: string) => void;
  /** Of each of the two. */
  readonly style: { readonly answer: Style; readonly aside: Style };
  /** A sentence as it is said to somebody who gives flags, and no inputs. */
  readonly inFlags: (sentence: string) => string;
}

/** The report of a command in a terminal. Everything that reaches it is made harmless here. */
export function terminalReport({ answer, aside, style, inFlags }: TerminalOptions): Report {
  const tell = (text: string) => {
    for (const line of harmlessLines(inFlags(text))) aside(line);
  };
  const titled = (colour: 'cyan' | 'yellow', title: string, message: string) => {
    const [first = '', ...others] = harmlessLines(inFlags(message));
    aside(`${style.aside(colour, `${harmlessLines(title).join(' ')}:`)} ${first}`);
    for (const line of others) aside(line);
  };
  return {
    info: tell,
    group(title, lines) {
      tell(title);
      for (const line of lines) tell(`  ${line}`);
    },
    notice: (title, message) => titled('cyan', title, message),
    warning: (title, message) => titled('yellow', `Warning: ${title}`, message),
    async summary(blocks) {
      for (const line of renderPlainText(blocks, style.answer)) answer(inFlags(line));
    },
  };
}

/**
 * Text in which all that is there can be seen; secrets are hidden before it is cut. What follows a line feed is indented: text
 * from outside cannot pass for a line of its own.
 */
export function harmlessLines(text: string): readonly string[] {
  return withoutSecrets(text)
    .split(/\r?\n/)
    .map((line, index) => (index === 0 ? '' : '  ') + visible(line));
}
