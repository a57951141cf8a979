import {
  type ActionName,
  INPUT_TYPES,
  type InputRow,
  type InputRows,
} from '../../src/config/attributes/row.js';
import { UNSUPPORTED, type UnsupportedRow } from '../../src/config/attributes/unsupported.js';
import { VARIABLES } from '../../src/config/attributes/variables.js';
import { TOPICS } from '../../src/config/attributes.js';
import { table, wrap } from './text.js';

const WIDTH = 120;

const INTRODUCTION = `<!-- Written by "npm run generate" from src/config/attributes.ts: change it there. -->

# Configuration

An input that is given wins. One that is not given, or empty, is looked for in [\`backend_config\`](#lines-of-backend_config) and in
[the configuration of the folder](#what-is-found), if it is an attribute of Terraform's S3 backend, and then in the environment
variables that it names, in their order. What is left has its default. A bad value is an error that names its place; all errors
are reported at once.

What the AWS SDK below Terraform reads in a *profile*, this step reads there too, after the environment: \`endpoint_url\` and
\`services\`, \`ignore_configured_endpoint_urls\`, \`use_fips_endpoint\`, \`use_dualstack_endpoint\`, \`ca_bundle\`, \`retry_mode\` and
\`max_attempts\` of AWS's shared configuration. A line in the log names what counts.

Inputs that are attributes of Terraform's S3 backend have their names, and mean what they mean there. \`action.yml\` has no
default for those: the runner would hand it over as if somebody had given it.`;

const FOUND = `## What is found

\`\`\`yaml
- uses: lockkeeper/lockkeeper@v1
\`\`\`

Without the input \`bucket\`, the backend of the configuration in \`working_directory\`, else in the workspace, says where the state is
and how it is locked. What is read is a backend block, or a \`.lokocfg\` of Lokomotive. For each attribute, the first of these counts that says something:

1. the input of its name
2. the lines of [\`backend_config\`](#lines-of-backend_config)
3. what \`terraform init\` of this job recorded in \`.terraform/terraform.tfstate\` (or in \`TF_DATA_DIR\`); else \`-backend-config\` in
   the environment variable \`TF_CLI_ARGS_init\`, and then the backend block
4. the environment variables of the attribute, and its default

The log says which file and line gave which value. An input that says of the state or its lock what the block does not gets a
warning: Terraform follows the block.

- *Files* are those that Terraform reads: \`*.tf\` and \`*.tf.json\` of that folder alone, not hidden ones and not what editors leave. A
  block in \`override.tf\` or \`*_override.tf\` replaces the block of all others. Where there are \`*.tofu\` files, the folder is read as
  OpenTofu reads it: \`x.tofu\` instead of \`x.tf\`. Two blocks, no block, a \`cloud\` block and a backend of another type are errors.
- *Values* are literals, templates of literals, conditions and whole-number arithmetic, as Terraform allows. OpenTofu also has
  variables, locals and functions there: run \`tofu init\` before this step, which records what they are.
- *A record* of \`init\` is of this job if it was written since the job began. What an earlier run left on a persistent runner does not
  count: where it completes a partial block, and nothing of this step does, that is an error. So is a block that was written after
  \`init\` and differs from its record: Terraform refuses to work like that too.
  Lines of \`backend_config\` that say otherwise than the record complete the block, as \`init -reconfigure\` does.
- *The workspace* is the input \`workspace\`, else \`TF_WORKSPACE\`, else what this job selected (\`.terraform/environment\`), else \`default\`.
  Where an earlier job selected one, and nothing says which it is now, that is an error.
  One that has no state yet is refused with \`lock_scope: state\`: Terraform locks a workspace that does not exist, whatever \`-lock\`
  says. \`plan\` and \`apply\` create a workspace that \`TF_WORKSPACE\` names, \`init\` only while there is none at all.
- *Lokomotive*: in a folder with \`.lokocfg\` files, the \`backend "s3"\` block of these counts, read as \`lokoctl\` does, with \`lokocfg.vars\`,
  variables, \`file()\` (in the workspace; what it reads is masked) and \`pathexpand()\`. No block, and \`backend "local"\`, are errors: the
  local backend comes later.
- *Links* that lead out of the workspace are not followed, unless \`TF_DATA_DIR\` names the folder. [What is read](security.md#which-files-main-reads),
  and what is not.
- *Where nothing says which state it is*, the error names the folders of the workspace that have a backend. None of them is taken.

With the input \`bucket\`, the inputs say which state it is, and item 3 is compared with them: bucket, key, workspace, region,
endpoints, table and lockfile. A difference is an error if \`working_directory\` was given, and else a warning, for what is in the
workspace may be another job's. \`discover: false\` looks for nothing.`;

const BACKEND_CONFIG = `## Lines of backend_config

Each line of the input \`backend_config\` is what \`terraform init -backend-config=…\` takes, and means the same: so one file serves
both.

\`\`\`yaml
- uses: lockkeeper/lockkeeper@v1
  with:
    working_directory: infra
    backend_config: |
      prod.tfbackend
      key=network/terraform.tfstate
- run: terraform init -backend-config=prod.tfbackend -backend-config=key=network/terraform.tfstate
  working-directory: infra
\`\`\`

- *In order, the last wins.* A file replaces what came before it line by line; \`endpoints\` is replaced as a whole. \`null\` in a file
  unsets what came before it, and so does an empty text: then the environment and the default hold.
- *A line with \`=\` is \`name=value\`*, even if there is a file of that name. The text is taken as it is, with the spaces and the
  quotes in it: \`key="x"\` has quotes in the key, as for \`init\`. Booleans are \`true\`, \`false\`, \`1\` and \`0\`. Objects are HCL, as in
  \`endpoints={s3="https://s3.example.com"}\`. Spaces around the name are an error.
- *Any other line is a file*, from \`working_directory\`, else from the workspace; an absolute path is taken too. It has arguments
  of HCL, or JSON if its name ends in \`.json\`. Nothing can be looked up in it: variables and functions are errors, as for \`init\`.
- *What the shell would take off* is taken off, with a line in the log: quotes around a whole line, and \`-backend-config=\` before it,
  then also the \`\\\` behind it. So the lines of a command can be copied, those of \`terraform remote config\` too:
  [from older names](from-older-names.md).
- *A name that the backend does not have* is an error, also within an object, where Terraform drops it without a word.
- *Two names of one thing*, such as \`endpoint\` and \`endpoints.s3\`, exclude each other, as for \`init\`.
- *Secrets* are masked before anything is logged. One in a file of the workspace gets a warning: it is most likely in the
  repository.

The log says where each value came from, and where an input said otherwise.`;

const UNSUPPORTED_TITLE = `## Attributes that are not inputs

Terraform's S3 backend has these too, or OpenTofu's. In \`backend_config\`, those that are *without effect* are accepted, with a
line in the log. *Refused* is an error, for Terraform would follow it alone; what is written beside it helps.`;

const VARIABLES_TITLE = `## Environment variables

Beside the variables that inputs and attributes fall back on, Terraform and OpenTofu follow these.`;

/** All of docs/configuration.md. */
export function configurationPage(): string {
  const topics = TOPICS.flatMap(({ title, inputs }) => [`## ${title}`, ...inputSections(inputs)]);
  const parts = [
    INTRODUCTION,
    ...topics,
    FOUND,
    BACKEND_CONFIG,
    UNSUPPORTED_TITLE,
    table(['attribute', 'of', 'what becomes of it'], UNSUPPORTED.map(unsupportedCells)),
    VARIABLES_TITLE,
    table(
      ['variable', 'is', 'because'],
      Object.entries(VARIABLES).map(([name, { environment, because }]) => [
        `\`${name}\``,
        environment === 'followed' ? 'followed' : 'without effect',
        because,
      ]),
    ),
  ];
  return `${parts.join('\n\n')}\n`;
}

function inputSections(rows: InputRows): string[] {
  return Object.entries(rows).map(([name, row]) =>
    [
      `### \`${name}\``,
      '',
      ...wrap(row.description, WIDTH),
      '',
      ...factsOf(row).map((fact) => `- ${fact}`),
    ].join('\n'),
  );
}

function factsOf(row: InputRow): string[] {
  const { environment, expression, fallback, secret, verbatim } = row;
  return [
    `Type: ${typeWords(row)}`,
    `Taken by: ${row.actions.map(actionWords).join(', ') || 'no action as an input; it is an attribute where the backend is configured'}`,
    ...(row.only ? [`As an attribute of the backend: of ${row.only} only`] : []),
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

/** GitHub leaves dots out. */
const anchor = (name: string) => name.replaceAll('.', '');

function fateWords(row: UnsupportedRow): string {
  switch (row.fate) {
    case 'another-name':
      return `Is [\`${row.input}\`](#${anchor(row.input)}).`;
    case 'parts':
      return 'Is read part by part.';
    case 'without-effect':
      return `*Without effect.* ${row.because}`;
    case 'refused':
      return `*Refused.* ${row.because}`;
  }
}
