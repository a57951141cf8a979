import * as core from '@actions/core';
import { systemClock } from '../clock.js';
import type { Report } from '../commands/report.js';
import { forLog } from './sanitise.js';
import { renderSummary } from './summary.js';

/** The step's log, its annotations and its job summary. Everything that reaches the log passes the sanitiser here. */
export const githubReport: Report = {
  info: (line) => core.info(forLog(line)),
  group(title, lines) {
    core.startGroup(forLog(title));
    for (const line of lines) core.info(forLog(line));
    core.endGroup();
  },
  notice: (title, message) => core.notice(forLog(message), { title: forLog(title) }),
  warning: (title, message) => core.warning(forLog(message), { title: forLog(title) }),
  async summary(summary) {
    try {
      await core.summary.addRaw(renderSummary(summary, systemClock.now()), true).write();
    } catch (error) {
      core.debug(`No job summary: ${forLog(String(error))}`);
    }
  },
};
