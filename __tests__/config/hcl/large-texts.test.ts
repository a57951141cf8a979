import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { readTerraformBackends } from '../../../src/config/hcl/terraform-backends.js';
import { textsIn } from '../../../testing/hcl-seeds.js';

const seeds = textsIn('hcl-seeds');
const BACKEND = seeds.get('full-s3.tf') ?? '';
const OTHER = (seeds.get('providers.tf') ?? '').replace(/\nterraform.*/s, '\n');

afterEach(() => {
  jest.restoreAllMocks();
});

/** How often the reader looks for a piece of the text: each look goes on from where the last one ended. */
function stepsFor(text: string): number {
  const looks = jest.spyOn(RegExp.prototype, 'exec');
  const reading = readTerraformBackends(text);
  const steps = looks.mock.calls.length;
  looks.mockRestore();
  expect(reading.kind).toBe('read');
  return steps;
}

const inBackend = (value: string) => `terraform {\n  backend "s3" {\n    key = ${value}\n  }\n}\n`;

/** Texts that grow with a number. */
const GROWING: readonly (readonly [name: string, text: (size: number) => string])[] = [
  ['blocks of others', (size) => OTHER.repeat(size) + BACKEND],
  ['comments', (size) => `${'/* a */ # b\n'.repeat(size)}${BACKEND}`],
  ['a list', (size) => inBackend(`[${'"a", '.repeat(size)}]`)],
  ['an object', (size) => inBackend(`{${'a = 1, '.repeat(size)}}`)],
  ['a sum', (size) => inBackend(`${'1 + '.repeat(size)}1`)],
  ['signs', (size) => inBackend(`${'!'.repeat(size)}true`)],
  ['a heredoc', (size) => inBackend(`<<-EOT\n${'  a\n'.repeat(size)}  EOT`)],
  ['signs in a line of a heredoc', (size) => inBackend(`<<EOT\n${'$'.repeat(size)}\nEOT`)],
  ['escape sequences', (size) => inBackend(`"${'\\n'.repeat(size)}"`)],
  ['brackets that are passed over', (size) => `a = ${'['.repeat(size)}${']'.repeat(size)}\n${BACKEND}`],
];

describe('twice as much text takes twice as many steps', () => {
  test.each(GROWING)('%s', (_, text) => {
    const [base, once, twice] = [stepsFor(text(0)), stepsFor(text(500)), stepsFor(text(1000))];
    expect((twice - base) / (once - base)).toBeCloseTo(2, 1);
  });
});

test('5 MB are read without keeping more than a few times their size', () => {
  const text = OTHER.repeat(Math.ceil(5_000_000 / OTHER.length)) + BACKEND;
  const before = process.memoryUsage().heapUsed;
  expect(readTerraformBackends(text)).toMatchObject({
    kind: 'read',
    what: { backends: [{ labels: ['s3'] }] },
  });
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(100_000_000);
});

const LONG = 1_000_000;

describe('no single piece is too long', () => {
  test.each([
    ['a string', inBackend(`"${'a'.repeat(LONG)}"`)],
    ['a name', inBackend('é'.repeat(LONG / 2))],
    ['a name longer than any pattern takes', `${'ā'.repeat(4 * LONG)} {}\n${BACKEND}`],
    ['what is passed over', `a = 1${'ā'.repeat(16 * LONG)}\n${BACKEND}`],
    ['a number', inBackend('1'.repeat(LONG))],
    ['white space', ' '.repeat(LONG) + BACKEND],
    ['a line of a heredoc', inBackend(`<<-EOT\n${' '.repeat(LONG)}x\nEOT`)],
    ['a line of signs', inBackend(`<<EOT\n${'$'.repeat(LONG)}\nEOT`)],
    ['a string of marks', inBackend(`"${'e\u0301'.repeat(LONG)}"`)],
    ['what is before a position', inBackend(`["${'é'.repeat(LONG)}", var.x]`)],
  ])('%s', (_, text) => {
    expect(readTerraformBackends(text)).toMatchObject({
      kind: 'read',
      what: { backends: [{ labels: ['s3'] }] },
    });
  });
});
