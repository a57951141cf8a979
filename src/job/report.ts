import type { Block } from './blocks.js';

/**
 * Where a command says what it did. Text may hold anything that came from outside (a holder's name, an S3
 * message): the implementation makes it harmless for the log and for Markdown, each in one place.
 */
export interface Report {
  /** A line of the log. */
  info(line: string): void;
  /** Lines that belong together, folded under `title`. */
  group(title: string, lines: readonly string[]): void;
  notice(title: string, message: string): void;
  warning(title: string, message: string): void;
  /** The job summary of this step; a step has one. What does not fit any more is left out at its end. */
  summary(blocks: readonly Block[]): Promise<void>;
}
