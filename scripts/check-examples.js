/**
 * Holds the examples of the documents to what is true: every YAML and JSON block parses, and its steps with an action
 * of this project name inputs and outputs that the action has. Everybody else's action is pinned by its commit.
 *
 * `npm run check:docs` looks at the Markdown of the working directory and of its docs/.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isMap, isScalar, LineCounter, parse, parseAllDocuments, visit } from 'yaml';

const USES = /^lockkeeper\/lockkeeper(?:\/([\w/-]+))?@/;
const PINNED = /^\.|@[0-9a-f]{40}$/;
const FENCE = /^(\s*)```+ *(\w*)/;
const OUTPUT = /\bsteps\.([\w-]+)\.outputs\.([\w-]+)/g;

/**
 * @typedef {{ language: string, line: number, text: string }} Block - `line` is that of its first line
 * @typedef {{ line: number, problem: string }} Finding
 * @typedef {{ inputs: readonly string[], outputs: readonly string[] }} Action
 * @typedef {(manifest: string) => Action | undefined} FindAction - by the path of its `action.yml` in the project
 *
 * A step with an action of this project, and one with any other (`uses`) or none, whose `action` is undefined.
 * @typedef {{ name: string, line: number }} Input
 * @typedef {{ action?: string, uses?: string, id: unknown, inputs: Input[], line: number }} Step
 */

/**
 * What is wrong with the examples of a Markdown document, in the order of its lines.
 * @param {string} document
 * @param {FindAction} findAction
 * @returns {Finding[]}
 */
export function exampleProblems(document, findAction) {
  const blocks = blocksOf(document);
  const json = blocks.filter(({ language }) => language === 'json').flatMap(jsonProblems);
  const workflows = blocks.filter(({ language }) => /^ya?ml$/.test(language)).map(readYaml);
  const steps = workflows.flatMap((workflow) => workflow.steps);
  const yaml = workflows.flatMap((workflow) => [
    ...workflow.findings,
    ...workflow.steps.flatMap((step) => [...pinProblems(step), ...inputProblems(step, findAction)]),
    ...outputProblems(workflow, steps, findAction),
  ]);
  return [...json, ...yaml].sort((a, b) => a.line - b.line);
}

/**
 * The fenced blocks of a document, without the indentation of their fences.
 * @param {string} document
 * @returns {Block[]}
 */
function blocksOf(document) {
  const blocks = [];
  let open;
  for (const [index, line] of document.split('\n').entries()) {
    const [, indent = '', language] = FENCE.exec(line) ?? [];
    if (open === undefined && language !== undefined) {
      open = { language, line: index + 2, text: '', indent };
      blocks.push(open);
    } else if (language === '') {
      open = undefined;
    } else if (open !== undefined) {
      open.text += `${line.startsWith(open.indent) ? line.slice(open.indent.length) : line}\n`;
    }
  }
  return blocks;
}

/** @param {Block} block @returns {Finding[]} */
function jsonProblems({ text, line }) {
  try {
    JSON.parse(text);
    return [];
  } catch (error) {
    return [{ line, problem: `The JSON does not parse: ${/** @type {Error} */ (error).message}` }];
  }
}

/** @param {Block} block */
function readYaml(block) {
  const lineCounter = new LineCounter();
  const documents = parseAllDocuments(block.text, { lineCounter, prettyErrors: false });
  /** @param {number} offset */
  const lineAt = (offset) => block.line + lineCounter.linePos(offset).line - 1;
  /** @type {Step[]} */
  const steps = [];
  /** @type {Finding[]} */
  const findings = [];
  for (const document of documents) {
    for (const { message, pos } of [...document.errors, ...document.warnings])
      findings.push({ line: lineAt(pos[0]), problem: `The YAML does not parse: ${message}` });
    visit(document, {
      Map: (_, map) => {
        if (!map.has('uses') && !map.has('run')) return;
        const uses = map.has('uses') ? String(map.get('uses')) : undefined;
        const own = USES.exec(uses ?? '');
        const given = map.get('with');
        const keys = isMap(given) ? given.items.map(({ key }) => key).filter(isScalar) : [];
        steps.push({
          action: own === null ? undefined : posix.join(own[1] ?? '', 'action.yml'),
          uses: own === null ? uses : undefined,
          id: map.get('id'),
          inputs: keys.map((key) => ({ name: String(key.value), line: lineAt(key.range?.[0] ?? 0) })),
          line: lineAt(map.range?.[0] ?? 0),
        });
      },
    });
  }
  return { block, steps, findings };
}

/** @param {Step} step @returns {Finding[]} */
function pinProblems({ uses, line }) {
  return uses === undefined || PINNED.test(uses)
    ? []
    : [{ line, problem: `${uses} is not pinned by a commit.` }];
}

/** @param {Step} step @param {FindAction} findAction @returns {Finding[]} */
function inputProblems({ action, inputs, line }, findAction) {
  if (action === undefined) return [];
  const found = findAction(action);
  if (found === undefined) return [{ line, problem: `There is no ${action}.` }];
  return inputs
    .filter(({ name }) => !found.inputs.includes(name))
    .map(({ name, line }) => ({ line, problem: `${action} has no input "${name}".` }));
}

/**
 * The references to outputs that nothing gives. A step is looked for in the same block, then in the whole document:
 * an example may go on from one block to the next.
 *
 * @param {{ block: Block, steps: readonly Step[] }} workflow
 * @param {readonly Step[]} all
 * @param {FindAction} findAction
 * @returns {Finding[]}
 */
function outputProblems({ block, steps }, all, findAction) {
  return block.text.split('\n').flatMap((text, index) =>
    [...text.matchAll(OUTPUT)].flatMap(([reference, id, output = '']) => {
      const step = steps.find((one) => one.id === id) ?? all.find((one) => one.id === id);
      const line = block.line + index;
      if (step === undefined) return [{ line, problem: `"${reference}" is of no step in this document.` }];
      const outputs = step.action === undefined ? undefined : findAction(step.action)?.outputs;
      if (outputs?.includes(output) ?? true) return [];
      return [{ line, problem: `${step.action} has no output "${output}".` }];
    }),
  );
}

/** @type {FindAction} */
function actionOfProject(manifest) {
  if (!existsSync(manifest)) return undefined;
  const { inputs = {}, outputs = {} } = parse(readFileSync(manifest, 'utf8'));
  return { inputs: Object.keys(inputs), outputs: Object.keys(outputs) };
}

/** @param {string} folder */
const markdownIn = (folder) =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.md'))
    .map((file) => join(folder, file));

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  for (const file of [...markdownIn('.'), ...markdownIn('docs')].sort()) {
    for (const { line, problem } of exampleProblems(readFileSync(file, 'utf8'), actionOfProject)) {
      console.error(`${file}:${line}: ${problem}`);
      process.exitCode = 1;
    }
  }
}
