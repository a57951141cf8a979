import type { Block } from '../src/job/blocks.js';
import type { Report } from '../src/job/report.js';

/** A report that keeps what it is told. */
export interface RecordingReport extends Report {
  /** In order: `a line`, `notice: Title: message`, `group: Title`, and the group's lines indented. */
  readonly log: readonly string[];
  readonly summaries: readonly (readonly Block[])[];
}

export function recordingReport(): RecordingReport {
  const log: string[] = [];
  const summaries: (readonly Block[])[] = [];
  return {
    log,
    summaries,
    info: (line) => {
      log.push(line);
    },
    group: (title, lines) => {
      log.push(`group: ${title}`, ...lines.map((line) => `  ${line}`));
    },
    notice: (title, message) => {
      log.push(`notice: ${title}: ${message}`);
    },
    warning: (title, message) => {
      log.push(`warning: ${title}: ${message}`);
    },
    summary: async (blocks) => {
      summaries.push(blocks);
    },
  };
}
