/**
 * Writes what action.yml says about inputs and outputs into README.md, between its markers. With `--check`, writes
 * nothing and fails if README.md says something else. Paths are relative to the working directory.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { parse } from 'yaml';

/**
 * @typedef {{ description: string, required?: boolean, default?: string }} Input
 * @typedef {{ description: string }} Output
 * @typedef {{ inputs: Record<string, Input>, outputs: Record<string, Output> }} Action
 */

const ACTION = 'action.yml';
const DOCUMENT = 'README.md';
const USES = 'lockkeeper/lockkeeper@v1';
const COMMENT_WIDTH = 92;

/** The parts of the document that are generated, by the name in their markers. */
const SECTIONS = { inputs: inputsBlock, outputs: outputsTable };

/**
 * All inputs as one step of a workflow, each under its description.
 * @param {Action} action
 */
function inputsBlock({ inputs }) {
  const entries = Object.entries(inputs).map(([name, input]) => {
    const description = `${input.description}${input.required ? ' Required.' : ''}`;
    const comment = wrap(description, COMMENT_WIDTH).map((line) => `    # ${line}\n`);
    return `${comment.join('')}    ${name}: ${JSON.stringify(input.default ?? '')}\n`;
  });
  return `\`\`\`yaml\n- uses: ${USES}\n  with:\n${entries.join('\n')}\`\`\``;
}

/** @param {Action} action */
function outputsTable({ outputs }) {
  const rows = Object.entries(outputs).map(
    ([name, { description }]) => `| \`${name}\` | ${description.replaceAll('|', '\\|')} |`,
  );
  return ['| output | what it says |', '| --- | --- |', ...rows].join('\n');
}

/**
 * Breaks a text into lines, but never inside `code`.
 * @param {string} text
 * @param {number} width - in characters; a longer word has a line of its own
 */
function wrap(text, width) {
  const lines = [''];
  for (const word of text.match(/(?:`[^`]*`|[^\s`])+/g) ?? []) {
    const longer = `${lines.at(-1)} ${word}`.trim();
    if (longer.length <= width) lines.pop();
    lines.push(longer.length <= width ? longer : word);
  }
  return lines;
}

/**
 * The document with one section put between its markers.
 * @param {string} document
 * @param {string} name
 * @param {string} content
 */
function withSection(document, name, content) {
  const [start, end] = [`<!-- ${name}:start -->`, `<!-- ${name}:end -->`];
  const from = document.indexOf(start);
  const to = document.indexOf(end, from);
  if (from < 0 || to < 0) {
    throw new Error(`${DOCUMENT} must have a line ${start} and, after it, a line ${end}.`);
  }
  return `${document.slice(0, from + start.length)}\n${content}\n${document.slice(to)}`;
}

function main() {
  const action = /** @type {Action} */ (parse(readFileSync(ACTION, 'utf8')));
  const current = readFileSync(DOCUMENT, 'utf8');
  const generated = Object.entries(SECTIONS).reduce(
    (document, [name, render]) => withSection(document, name, render(action)),
    current,
  );
  if (!process.argv.includes('--check')) {
    writeFileSync(DOCUMENT, generated);
  } else if (generated !== current) {
    throw new Error(`${DOCUMENT} does not say what ${ACTION} says: run "node scripts/generate-docs.js".`);
  }
}

try {
  main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
