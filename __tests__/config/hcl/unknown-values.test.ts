// biome-ignore-all lint/suspicious/noTemplateCurlyInString: HCL has templates of its own.
import { describe, expect, test } from '@jest/globals';
import { readBlocks, readExpression } from '../../../src/config/hcl/hcl.js';
import { type HclValue, NO_SCOPE, type Scope } from '../../../src/config/hcl/value.js';
import { plainArguments, UNKNOWN } from '../../../testing/hcl-forms.js';

function read(text: string, scope?: Scope): HclValue {
  const reading = readExpression(text, scope);
  if (reading.kind === 'refused') throw new Error(reading.because);
  return reading.what;
}

describe('what needs more than literals is told with its need, place and name', () => {
  test.each([
    ['var.bucket', 'variable', 'var.bucket', 1],
    ['"x-${local.name}"', 'variable', 'local.name', 6],
    ['data.aws_region.here.name', 'variable', 'data.aws_region.here.name', 1],
    ['{ a = 1, b = [var.x] }', 'variable', 'var.x', 15],
    ['1 + lower("A")', 'function', 'lower', 5],
    ['provider::aws::arn("x")', 'function', 'provider::aws::arn', 1],
    ['[for x in [1] : x]', 'for', undefined, 2],
    ['{for k, v in {} : k => v}', 'for', undefined, 2],
    ['[1, 2][0]', 'index', undefined, 1],
    ['{ a = 1 }.a', 'index', undefined, 1],
    ['"a"[*]', 'index', undefined, 1],
    ['"a%{ if true }b%{ endif }"', 'directive', undefined, 3],
    ['"a ${~ "b" }"', 'directive', undefined, 4],
    ['"${ "b" ~} c"', 'directive', undefined, 2],
    ['0.1 + 0.2', 'arithmetic', undefined, 1],
    ['7 / 2', 'arithmetic', undefined, 1],
    [`${'9'.repeat(200)}`, 'arithmetic', undefined, 1],
    ['1e999999999', 'arithmetic', undefined, 1],
    [`1 + "${'9'.repeat(200)}"`, 'arithmetic', undefined, 5],
    ['[1] == [1]', 'comparison', undefined, 1],
    ['true ? [1] : [2]', 'comparison', undefined, 8],
    ['{ a.b = 1 }', 'variable', undefined, 3],
  ])('%s', (text, needs, name, column) => {
    expect(read(text)).toEqual({
      kind: 'unknown',
      needs,
      position: { line: 1, column },
      ...(name && { name }),
    });
  });
});

test('a secret without its quotes is not taken for a name', () => {
  for (const text of [
    'wJalrXUtnFEMI',
    'wJalrXUtnFEMI/K7MDENG/bPxRfiCY',
    'x.wJalrXUtnFEMI',
    '"${wJalrXUtnFEMI}"',
  ]) {
    expect(read(text)).not.toHaveProperty('name');
    expect(JSON.stringify(read(text))).not.toContain('wJalr');
  }
});

test('behind a value that is not known, the body goes on', () => {
  const reading = readBlocks(
    `
      backend "s3" {
        one   = lower("}\${"\\"}"}") # }
        two   = [
          var.x, {
          }
        ]
        three = <<EOT
          } \${var.x}
        EOT
        four  = "read"
      }
      last { five = var.x }
    `,
    'whole',
  );
  if (reading.kind === 'refused') throw new Error(reading.because);
  expect(reading.what.blocks.map(plainArguments)).toEqual([
    { one: UNKNOWN, two: UNKNOWN, three: UNKNOWN, four: 'read' },
    { five: UNKNOWN },
  ]);
});

describe('references in scope', () => {
  const scope: Scope = {
    ...NO_SCOPE,
    references: new Map<string, HclValue>([
      ['var.name', { kind: 'string', text: 'demo' }],
      ['var.later', { kind: 'unknown', needs: 'function', position: { line: 9, column: 9 } }],
    ]),
  };

  test('stand for their value', () => {
    expect(read('"${var.name}/terraform.tfstate"', scope)).toEqual({
      kind: 'string',
      text: 'demo/terraform.tfstate',
    });
    expect(read('var.name', scope)).toEqual({ kind: 'string', text: 'demo' });
  });

  test.each(['var.name.part', 'var.later', 'var.other', 'name'])('%s is not known', (text) => {
    expect(read(text, scope)).toMatchObject({
      kind: 'unknown',
      needs: 'variable',
      position: { line: 1, column: 1 },
    });
  });

  test('a part of a value is not known', () => {
    expect(read('var.name[0]', scope)).toMatchObject({ kind: 'unknown', needs: 'index' });
  });
});
