/**
 * Compares the table of inputs with the attributes that Terraform and OpenTofu have, in __tests__/data/: nothing that they
 * know may be without a row, and nothing may be said of them that is not so.
 *
 * `npm run check:attributes` looks below the working directory.
 */
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { InputRow, InputRows } from '../src/config/attributes/row.js';
import { type Product, UNSUPPORTED, type UnsupportedRow } from '../src/config/attributes/unsupported.js';
import { VARIABLES } from '../src/config/attributes/variables.js';
import { TOPICS } from '../src/config/attributes.js';

const FILES = ['__tests__/data/attributes-terraform.json', '__tests__/data/attributes-opentofu.json'];

/** An attribute as such a file describes it. */
export interface Attribute {
  readonly name: string;
  readonly type: string;
  readonly default?: string | number | boolean;
  readonly sensitive?: boolean;
  readonly environment?: readonly string[];
  readonly environmentBySdk?: readonly string[];
  readonly attributes?: readonly Attribute[];
}

/** One such file. */
export interface Schema {
  readonly product: Product;
  readonly attributes: readonly Attribute[];
}

/** What is compared with the files. */
export interface Rows {
  readonly inputs: InputRows;
  readonly unsupported: readonly UnsupportedRow[];
  /** All environment variables of which something is said, beside those of the inputs. */
  readonly variables: readonly string[];
}

export const OUR_ROWS: Rows = {
  inputs: Object.fromEntries(TOPICS.flatMap(({ inputs }) => Object.entries(inputs))),
  unsupported: UNSUPPORTED,
  variables: Object.keys(VARIABLES),
};

/** What is wrong with the rows, a sentence each. */
export function attributeProblems(schemas: readonly Schema[], rows: Rows): string[] {
  const known = schemas.map(({ product, attributes }) => ({ product, attributes: flat(attributes) }));
  return [
    ...known.flatMap(({ product, attributes }) =>
      attributes.flatMap((attribute) => problemsOf(attribute, { product, rows })),
    ),
    ...claims(rows)
      .filter(({ name, product }) => !known.some((schema) => schema.product === product && has(schema, name)))
      .map(({ name, product }) => `${product} has no attribute ${name}, but a row says so.`),
    ...twice(rows).map((name) => `Attribute ${name} has more than one row.`),
  ];
}

const flat = (attributes: readonly Attribute[]) =>
  attributes.flatMap((attribute) => [attribute, ...(attribute.attributes ?? [])]);

const has = ({ attributes }: { readonly attributes: readonly Attribute[] }, name: string) =>
  attributes.some((attribute) => attribute.name === name);

interface Claim {
  readonly name: string;
  readonly product: Product;
}

/** Every attribute that the rows say a product has. */
function claims({ inputs, unsupported }: Rows): Claim[] {
  const products: readonly Product[] = ['Terraform', 'OpenTofu'];
  const ofInputs = Object.entries(inputs).flatMap(([name, row]) =>
    row.from === 'backend' ? (row.only ? [row.only] : products).map((product) => ({ name, product })) : [],
  );
  const others = unsupported.flatMap(({ names, only }) =>
    names.flatMap((name) => (only ? [only] : products).map((product) => ({ name, product }))),
  );
  return [...ofInputs, ...others];
}

/** The attributes that are said to be two things. */
function twice(rows: Rows): string[] {
  const places = claims(rows).map(({ name, product }) => `${name} of ${product}`);
  return [...new Set(places.filter((place, index) => places.indexOf(place) !== index))];
}

function problemsOf(attribute: Attribute, { product, rows }: { product: Product; rows: Rows }): string[] {
  const { name } = attribute;
  const input = Object.hasOwn(rows.inputs, name) ? rows.inputs[name] : undefined;
  if (!claims(rows).some((claim) => claim.name === name && claim.product === product)) {
    return [`Attribute ${name} of ${product} has no row.`];
  }
  const others = rows.unsupported.filter(({ names }) => names.includes(name));
  return [
    ...variableProblems(attribute, rows, input),
    ...(input ? differences(attribute, input) : []),
    ...others.flatMap(({ types = {} }) =>
      (types[name] ?? 'string') === attribute.type ? [] : [`its type is ${attribute.type}.`],
    ),
  ].map((problem) => `Attribute ${name} of ${product}: ${problem}`);
}

function variableProblems(attribute: Attribute, rows: Rows, input: InputRow | undefined): string[] {
  const asked = [...(attribute.environment ?? []), ...(attribute.environmentBySdk ?? [])];
  const ours = input?.environment ?? [];
  const others = Object.values(rows.inputs).flatMap(({ environment = [] }) => environment);
  const forgotten = asked.filter((variable) => ![...others, ...rows.variables].includes(variable));
  const followed = asked.filter((variable) => ours.includes(variable));
  const inOrder = ours.filter((variable) => asked.includes(variable));
  return [
    ...forgotten.map((variable) => `nothing is said of the environment variable ${variable}.`),
    ...(followed.join() === inOrder.join()
      ? []
      : [`the variables are asked in the order ${asked.join(', ')}.`]),
  ];
}

/** A row's type for each type of an attribute that is not a text. */
const TYPES: Readonly<Record<string, InputRow['type']>> = {
  bool: 'boolean',
  'map(string)': 'map',
  number: 'whole number',
  'set(string)': 'list',
};

function differences(attribute: Attribute, input: InputRow): string[] {
  const type = TYPES[attribute.type];
  const fallback = attribute.default?.toString();
  return [
    ...(type === undefined || type === input.type ? [] : [`its type is ${attribute.type}.`]),
    ...(fallback === input.fallback ? [] : [`its default is ${fallback ?? 'none'}.`]),
    ...(attribute.sensitive && !input.secret ? ['it is a secret.'] : []),
  ];
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const schemas = FILES.map((file): Schema => JSON.parse(readFileSync(file, 'utf8')));
  const problems = attributeProblems(schemas, OUR_ROWS);
  for (const problem of problems) console.error(problem);
  process.exitCode = problems.length > 0 ? 1 : 0;
}
