import type { InputRow, InputRows } from '../../src/config/attributes/row.js';
import { actionDefault } from '../../src/config/attributes.js';
import { type Section, table, wrap } from './text.js';

const USES = 'lockkeeper/lockkeeper@v1';
const COMMENT_WIDTH = 92;

/** What README.md takes of an `action.yml`. */
export interface Outputs {
  readonly outputs: Readonly<Record<string, { readonly description: string }>>;
}

/** All inputs as one step of a workflow, each under its description, with what holds without it. */
export function readmeInputs(rows: InputRows): Section {
  const entries = Object.entries(rows).map(([name, row]) => {
    const comment = wrap(row.description, COMMENT_WIDTH).map((line) => `    # ${line}\n`);
    return `${comment.join('')}    ${name}: ${JSON.stringify(shownValue(row))}\n`;
  });
  const content = `\`\`\`yaml\n- uses: ${USES}\n  with:\n${entries.join('\n')}\`\`\``;
  return { start: '<!-- inputs:start -->', end: '<!-- inputs:end -->', content };
}

/** Empty where the environment is asked first: whoever copies the block must not shut it out. */
function shownValue(row: InputRow): string {
  return actionDefault(row) ?? (row.environment === undefined ? row.fallback : undefined) ?? '';
}

export function readmeOutputs({ outputs }: Outputs): Section {
  const rows = Object.entries(outputs).map(([name, { description }]) => [`\`${name}\``, description]);
  return {
    start: '<!-- outputs:start -->',
    end: '<!-- outputs:end -->',
    content: table(['output', 'what it says'], rows),
  };
}
