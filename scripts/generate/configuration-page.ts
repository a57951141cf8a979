import {
  type ActionName,
  INPUT_TYPES,
  type InputRow,
  type InputRows,
} from '../../src/config/attributes/row.js';
import { UNSUPPORTED, type UnsupportedRow } from '../../src/config/attributes/unsupported.js';
import { type Condition, VARIABLES, type VariableRow } from '../../src/config/attributes/variables.js';
import { TOPICS } from '../../src/config/attributes.js';
import { table, wrap } from './text.js';

const WIDTH = 120;

const INTRODUCTION = `<!-- Written by "npm run generate" from src/config/attributes.ts: change it there. -->

# Configuration

An input that is given wins. One that is not given, or empty, is looked for in the environment variables that it names, in
their order. What is left has its default. A bad value is an error that names its place; all errors are reported at once.

Inputs that are attributes of Terraform's S3 backend have their names, and mean what they mean there. \`action.yml\` has no
default for those: the runner would hand it over as if somebody had given it.`;

const UNSUPPORTED_TITLE = `## Attributes that are not inputs

Terraform's S3 backend has these too, or OpenTofu's. *Later* means that an input may come; until then, what is written beside
it helps. *Refused* means that there is no use for it here.`;

const VARIABLES_TITLE = `## Environment variables

Beside the variables that inputs fall back on, and those of a proxy (\`HTTPS_PROXY\`, \`HTTP_PROXY\`, \`NO_PROXY\`, also in small
letters), Terraform and OpenTofu follow these. Where Lockkeeper does not, and it could be felt, it says so in a warning; where
it could lock at another place than Terraform, it refuses to start.`;

/** All of docs/configuration.md. */
export function configurationPage(): string {
  const topics = TOPICS.flatMap(({ title, inputs }) => [`## ${title}`, ...inputSections(inputs)]);
  const parts = [
    INTRODUCTION,
    ...topics,
    UNSUPPORTED_TITLE,
    table(['attribute', 'of', 'what becomes of it'], UNSUPPORTED.map(unsupportedCells)),
    VARIABLES_TITLE,
    table(
      ['variable', 'is', 'if', 'what to do'],
      Object.entries(VARIABLES).map(([name, row]) => [`\`${name}\``, ...variableCells(row)]),
    ),
  ];
  return `${parts.join('\n\n')}\n`;
}

function inputSections(rows: InputRows): string[] {
  return Object.entries(rows).map(([name, row]) =>
    [
      `### \`${name}\``,
      '',
      ...wrap(`${row.description}${row.required ? ' Required.' : ''}`, WIDTH),
      '',
      ...factsOf(row).map((fact) => `- ${fact}`),
    ].join('\n'),
  );
}

function factsOf(row: InputRow): string[] {
  const { environment, expression, fallback, secret, verbatim } = row;
  return [
    `Type: ${typeWords(row)}`,
    `Taken by: ${row.actions.map(actionWords).join(', ')}`,
    ...(environment ? [`Falls back on: ${environment.map((name) => `\`${name}\``).join(', then ')}`] : []),
    ...(fallback === undefined ? [] : [`Default: \`${fallback}\``]),
    ...(expression === undefined ? [] : [`Default: \`\${{ ${expression} }}\``]),
    ...(secret ? ['Masked in the log.'] : []),
    ...(verbatim ? ['Refused with white space at its beginning or end.'] : []),
  ];
}

/** Every other action has a page of its own. */
const actionWords = (action: ActionName) =>
  action === 'root' ? 'the root action' : `[\`${action}\`](${action}.md)`;

function typeWords({ type, choices = [] }: InputRow): string {
  const words = INPUT_TYPES[type];
  return choices.length === 0 ? words : `${words} ${choices.map((choice) => `\`${choice}\``).join(', ')}`;
}

function unsupportedCells(row: UnsupportedRow): string[] {
  const names = row.names.map((name) => `\`${name}\``).join(', ');
  return [names, row.only ?? 'both', fateWords(row)];
}

function fateWords(row: UnsupportedRow): string {
  switch (row.fate) {
    case 'another-name':
      return `Is the input [\`${row.input}\`](#${row.input}).`;
    case 'later':
      return `*Later.* ${row.because}`;
    case 'refused':
      return `*Refused.* ${row.because}`;
  }
}

function variableCells(row: VariableRow): string[] {
  switch (row.environment) {
    case 'followed':
      return ['followed', '', row.because];
    case 'without-effect':
      return ['without effect', '', row.because];
    case 'warn':
      return ['a warning', conditions(row), row.says];
    case 'refuse':
      return ['an error', conditions(row), row.says];
  }
}

function conditions({ concerns, onlyTrue, onlyWith, unless = [], sameAs }: Condition): string {
  return [
    ...(concerns ? ['no access keys were found'] : []),
    ...(onlyTrue ? ['it is `true`'] : []),
    ...(onlyWith ? [`${placeWords(onlyWith)} is set`] : []),
    ...(unless.length > 0 ? [`none is set of ${unless.map(placeWords).join(', ')}`] : []),
    ...(sameAs ? [`${placeWords(sameAs)} is not the same`] : []),
  ].join(', ');
}

/** What somebody sets so that the variable has a value. */
function placeWords(variable: string): string {
  const input = /^INPUT_(.*)/.exec(variable)?.[1]?.toLowerCase();
  return input === undefined ? `\`${variable}\`` : `the input \`${input}\``;
}
