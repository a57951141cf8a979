import * as core from '@actions/core';
import type { Report } from '../job/report.js';
import { renderMarkdown } from './markdown.js';
import { withoutSecrets } from './masking.js';
import { forLog } from './sanitise.js';

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
  async summary(blocks) {
    try {
      await core.summary.addRaw(renderMarkdown(blocks), true).write();
    } catch (error) {
      core.debug(`No job summary: ${harmless(String(error))}`);
    }
  },
};

/** Text as it may stand in the log. */
export function harmless(text: string): string {
  return forLog(withoutSecrets(text));
}
