// biome-ignore-all lint/suspicious/noTemplateCurlyInString: HCL has templates of its own.
import { describe, expect, test } from '@jest/globals';
import { type Lokocfg, readLokocfg } from '../../../../src/config/sources/lokocfg/lokocfg.js';
import { HOME_MARK, LOKOCFG_CASES } from './cases.js';

const FOLDER = '/w/cluster';
const HOME = '/home/u';

/** @param files - by their names in the folder, or by absolute paths */
function read(files: Readonly<Record<string, string | Uint8Array>>): Lokocfg {
  const contents = new Map(
    Object.entries(files).map(([name, text]) => [
      name.startsWith('~') ? name.replace('~', HOME) : `${FOLDER}/${name}`,
      Buffer.from(text),
    ]),
  );
  const textFile = (name: string) => ({ path: name, text: String(files[name]) });
  const names = Object.keys(files).filter((name) => name.endsWith('.lokocfg') && !name.includes('/'));
  return readLokocfg({
    folder: FOLDER,
    homeDir: HOME,
    files: names.sort().map(textFile),
    vars: files['lokocfg.vars'] === undefined ? undefined : textFile('lokocfg.vars'),
    readFile: (path) => contents.get(path),
  });
}

/** The texts of an S3 backend; the kind of another. */
function outcomeOf(read: Lokocfg): unknown {
  if (read.kind !== 's3') return read.kind;
  return Object.fromEntries(
    [...read.attributes].map(([name, { value }]) => [name, value.kind === 'string' ? value.text : value]),
  );
}

const problemsOf = (files: Readonly<Record<string, string>>) => {
  const reading = read(files);
  return reading.kind === 'refused' ? reading.problems : [];
};

describe('a folder of Lokomotive is read as by lokoctl', () => {
  test.each(LOKOCFG_CASES)('$title', ({ files, outcome, because }) => {
    const expected =
      typeof outcome === 'string'
        ? outcome.replace('unwritable', 'refused')
        : Object.fromEntries(
            Object.entries(outcome).map(([name, text]) => [name, text.replace(HOME_MARK, HOME)]),
          );
    expect(outcomeOf(read(files))).toEqual(expected);
    expect(problemsOf(files).map((problem) => problem.slice(0, because?.length))).toEqual(
      because === undefined ? [] : [because],
    );
  });
});

test('every attribute has its place', () => {
  const reading = read({
    'a.lokocfg': 'variable "v" {}\nbackend "s3" {\n  bucket = "b"\n  key    = var.v\n}\n',
    'lokocfg.vars': 'v = "k"\n',
  });
  if (reading.kind !== 's3') throw new Error(reading.kind);
  const place = (line: number, column: number) => ({
    kind: 'block',
    path: 'a.lokocfg',
    position: { line, column },
  });
  expect(reading.place).toEqual(place(2, 1));
  expect([...reading.attributes].map(([name, attribute]) => [name, attribute.place])).toEqual([
    ['bucket', place(3, 3)],
    ['key', place(4, 3)],
  ]);
});

test('all problems are told at once', () => {
  expect(
    problemsOf({
      'a.lokocfg': 'provider "aws" {}\nbackend "s3" {\n',
      'b.lokocfg': 'variable "v" { default = var.x }\n',
      'lokocfg.vars': 'x = lower("a")\n',
    }),
  ).toEqual([
    expect.stringContaining('a.lokocfg:2:14'),
    expect.stringContaining('lokocfg.vars:1:5'),
    expect.stringContaining('b.lokocfg:1:26'),
  ]);
  expect(problemsOf({ 'a.lokocfg': 'backend "s3" {\n  key    = var.x\n  reigon = "r"\n}\n' })).toEqual([
    expect.stringContaining('"bucket"'),
    expect.stringContaining('a.lokocfg:2:3'),
    expect.stringContaining('Did you mean "region"?'),
  ]);
});

test('no problem shows a value, not even one that stands where a name should', () => {
  const secret = 'wJalrXUtnFEMI';
  const texts = [
    `bucket = ["${secret}"]`,
    `bucket = ${secret}`,
    `bucket = file("${secret}")`,
    `bucket = pathexpand("~${secret}")`,
    `bucket = "${secret}\\n"`,
    `${secret} = "x"`,
    `${secret} {}`,
  ];
  const problems = [
    ...texts.flatMap((text) => problemsOf({ 'a.lokocfg': `backend "s3" {\n  ${text}\n}\n` })),
    ...problemsOf({ 'a.lokocfg': `${secret} = 1\n` }),
    ...problemsOf({ 'a.lokocfg': `backend "${secret}" {}\n` }),
    ...problemsOf({ 'a.lokocfg': 'backend "s3" {\n  bucket = file(file("f"))\n}\n', f: secret }),
  ];
  expect(problems.length).toBeGreaterThanOrEqual(texts.length + 3);
  expect(problems.join('\n')).not.toContain(secret);
});

describe('what Lockkeeper itself cannot work out is refused', () => {
  test.each([
    ['1 / 3', '2:12'],
    ['["b"][0]', '2:12'],
    ['var.o.b', '2:12'],
    ['var.later', '2:12'],
  ])('%s', (expression, at) => {
    const [problem] = problemsOf({
      'a.lokocfg': `backend "s3" {\n  bucket = ${expression}\n  key = "k"\n}\nvariable "o" {}\nvariable "later" {}\n`,
      'lokocfg.vars': 'o = { b = "b" }\nlater = ["b"][0]\n',
    });
    expect(problem).toBe(
      `The value of "bucket" at a.lokocfg:2:3 is not known because of what stands at a.lokocfg:${at}. ` +
        'Lockkeeper works out no such value: write the value itself.',
    );
  });

  test('but only where it is needed', () => {
    const files = {
      'a.lokocfg': 'backend "local" {}\nvariable "v" { default = ["b"][0] }\n',
      'lokocfg.vars': 'x = ["b"][0]\n',
    };
    expect(read(files).kind).toBe('local');
  });

  test('a file that is not UTF-8', () => {
    const reading = read({
      'a.lokocfg': 'backend "s3" {\n  bucket = file("f")\n  key = "k"\n}\n',
      f: new Uint8Array([0xff]),
    });
    expect(reading).toMatchObject({
      problems: ['HCL refuses the file at a.lokocfg:2:12. The file of that path is no text in UTF-8.'],
    });
  });
});

describe('where lokoctl runs Terraform', () => {
  const workingFolder = (...files: string[]) => {
    const reading = read(Object.fromEntries(files.map((text, index) => [`${index}.lokocfg`, text])));
    return reading.kind === 'refused' ? reading.problems : reading.workingFolder;
  };

  test.each([
    ['asset_dir = "assets"', '/w/cluster/assets/terraform'],
    ['asset_dir = "../assets/"', '/w/assets/terraform'],
    ['asset_dir = "/a"', '/a/terraform'],
    ['asset_dir = "~/a"', '/home/u/a/terraform'],
    ['asset_dir = pathexpand("~/a")', '/home/u/a/terraform'],
    ['asset_dir = "${var.v}/a"', '/w/cluster/d/a/terraform'],
    ['asset_dir = ""', '/w/cluster/terraform'],
  ])('%s', (text, folder) => {
    expect(workingFolder('variable "v" { default = "d" }\n', `cluster "aks" {\n${text}\n}\n`)).toBe(folder);
  });

  test.each(['asset_dir = file("f")', 'asset_dir = "~x"', 'asset_dir = var.v', 'asset_dir = null', ''])(
    'is not known from %s',
    (text) => {
      expect(workingFolder(`cluster "aws" {\n${text}\n}\n`)).toBeUndefined();
    },
  );

  test('is not known without a cluster', () => {
    expect(workingFolder('backend "local" {}\n')).toBeUndefined();
  });

  test('what a cluster reads from files is not read: a later step may write them', () => {
    expect(workingFolder('cluster "aws" {\n  ssh_pubkeys = [file("key.pub")]\n  asset_dir = "a"\n}\n')).toBe(
      '/w/cluster/a/terraform',
    );
  });

  test('a second cluster is refused', () => {
    expect(workingFolder('cluster "aws" {}\n', 'cluster "aks" {}\n')).toEqual([
      'The block "cluster" at 0.lokocfg:1:1 has a second one at 1.lokocfg:1:1. lokoctl takes one.',
    ]);
  });

  test('a cluster that HCL refuses is refused', () => {
    expect(workingFolder('cluster "aws" {\n  a = 1\n  a = 2\n}\n')).toEqual([
      expect.stringContaining('HCL refuses the file at 0.lokocfg:3:3.'),
    ]);
  });
});
