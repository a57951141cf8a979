import type { InputRow, InputRows } from '../../src/config/attributes/row.js';
import { actionDefault } from '../../src/config/attributes.js';
import { type Section, wrap } from './text.js';

const TEXT_WIDTH = 112;

/** The inputs of one `action.yml`. Its name, outputs and scripts are written by hand, around this. */
export function actionInputs(rows: InputRows): Section {
  const entries = Object.entries(rows).map(([name, row]) => inputYaml(name, row));
  return {
    start: '# inputs:start (from src/config/attributes.ts, by "npm run generate")',
    end: '# inputs:end',
    content: ['inputs:', ...entries].join('\n'),
  };
}

function inputYaml(name: string, row: InputRow): string {
  const value = actionDefault(row);
  return [
    `  ${name}:`,
    '    description: >-',
    ...wrap(actionDescription(row), TEXT_WIDTH).map((line) => `      ${line}`),
    ...(value === undefined ? [] : [`    default: ${quoted(value)}`]),
  ].join('\n');
}

/** Says what holds without the input, where no `default` can say it: editors show nothing but this. */
function actionDescription(row: InputRow): string {
  const { description, environment, fallback } = row;
  const isUnsaid = fallback !== undefined && environment === undefined && actionDefault(row) === undefined;
  return isUnsaid ? `${description} Default: \`${fallback}\`.` : description;
}

/** A scalar of YAML in single quotes. */
const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;
