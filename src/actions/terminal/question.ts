import { createInterface } from 'node:readline/promises';

/**
 * Asks a person, who has to write the word `yes`, as Terraform asks.
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
    try {
      const answer = await lines.question(question, { signal });
      return answer.trim() === 'yes';
    } catch (error) {
      signal.throwIfAborted();
      throw error;
    } finally {
      lines.close();
    }
  };
}
