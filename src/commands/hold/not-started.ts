import type { Backend } from '../../config/settings.js';
import { type Block, code, plain } from '../../job/blocks.js';
import type { Report } from '../../job/report.js';
import { explain } from '../../words/explain.js';
import type { Failure } from '../../words/failure.js';

/** Of the summary, in UTF-16 code units. */
const LONGEST = { location: 1_200, message: 4_000 };

/** The summary of a main that failed: what stands in the way, and the way out. */
export function notStartedBlocks(
  { title, message, details }: Failure,
  state?: Pick<Backend, 'bucket' | 'statePath'>,
): readonly Block[] {
  const where = state ? [': ', code(`s3://${state.bucket}/${state.statePath}`, LONGEST.location)] : [];
  return [
    { kind: 'heading', text: [`❌ ${title}`, ...where] },
    ...(details ??
      message
        .split('\n')
        .map((line) => ({ kind: 'paragraph', text: plain(line, LONGEST.message) }) as const)),
  ];
}

/** Does what comes before the story of main; what fails there is in the summary too. */
export async function tellingFailures<T>(report: Report, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    await report.summary(notStartedBlocks(explain(error)));
    throw error;
  }
}
