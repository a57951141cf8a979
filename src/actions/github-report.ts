import * as core from '@actions/core';
import { systemClock } from '../job/clock.js';
import type { JobSummary, Report } from '../job/report.js';
import { withoutSecrets } from './masking.js';
import { forLog } from './sanitise.js';
import { renderSummary } from './summary.js';

/** The step's log, its annotations and its job summary. Everything that reaches them is made harmless here. */
export const githubReport: Report = {
  info: (line) => core.info(harmless(line)),
  group(title, lines) {
    core.startGroup(harmless(title));
    for (const line of lines) core.info(harmless(line));
    core.endGroup();
  },
  notice: (title, message) => core.notice(harmless(message), { title: harmless(title) }),
  warning: (title, message) => core.warning(harmless(message), { title: harmless(title) }),
  async summary(summary) {
    try {
      const markdown = renderSummary(summaryWithoutSecrets(summary), systemClock.now());
      await core.summary.addRaw(markdown, true).write();
    } catch (error) {
      core.debug(`No job summary: ${harmless(String(error))}`);
    }
  },
};

/** Text as it may stand in the log. */
export function harmless(text: string): string {
  return forLog(withoutSecrets(text));
}

function summaryWithoutSecrets(summary: JobSummary): JobSummary {
  const hide = (_: string, value: unknown) => (typeof value === 'string' ? withoutSecrets(value) : value);
  return JSON.parse(JSON.stringify(summary, hide));
}
