import { createInterface } from 'node:readline/promises';
import { harmlessLines } from './terminal-report.js';

/**
 * Asks a person, who has to write the word `yes`, as Terraform asks. Whoever ends the input by Ctrl-D has not written it.
 *
 * @throws The signal's reason once it aborts.
 */
export type Ask = (question: string, signal: AbortSignal) => Promise<boolean>;

/** @returns undefined where nobody sits who could be asked. */
export function terminalQuestion({ stdin, stderr } = process): Ask | undefined {
  if (!stdin.isTTY || !stderr.isTTY) return undefined;
  return async (question, signal) => {
    // Without `terminal`, Ctrl-C stays a signal, which ends the command as everywhere else.
    const lines = createInterface({ input: stdin, output: stderr, terminal: false });
    // After Ctrl-D, readline leaves its question unanswered for ever, and the program would end as if all were well.
    const noAnswer = new Promise<string>((resolve) => lines.once('close', () => resolve('')));
    try {
      const asked = lines.question(harmlessLines(question).join('\n'), { signal });
      const answer = await Promise.race([asked, noAnswer]);
      return answer.trim() === 'yes';
    } catch (error) {
      signal.throwIfAborted();
      throw error;
    } finally {
      lines.close();
    }
  };
}
