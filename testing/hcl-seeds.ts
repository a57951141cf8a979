// biome-ignore-all lint/suspicious/noTemplateCurlyInString: HCL has templates of its own.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The text of each file below a folder of `__tests__/data`, by its name. To be called at the root of the repository. */
export function textsIn(folder: 'hcl-samples' | 'hcl-seeds'): ReadonlyMap<string, string> {
  const path = join('__tests__/data', folder);
  const names = readdirSync(path).filter((name) => !name.endsWith('.json'));
  return new Map(names.map((name) => [name, readFileSync(join(path, name), 'utf8')]));
}

/** What mutations of files begin with. */
export function seedFiles(): readonly string[] {
  return [...textsIn('hcl-samples').values(), ...textsIn('hcl-seeds').values()];
}

/** What mutations of expressions begin with: each form once. */
export const SEED_EXPRESSIONS: readonly string[] = [
  ...['1', '12.50', '1e3', '007', '1.5e-3', '-5', '- -5', '!true', '!!false', 'null', '"x"', '""'],
  ...[
    '1 + 2 * 3',
    '(1 + 2) * 3',
    '10 % 3',
    '6 / 3 - 1',
    '1 < 2',
    '2 <= 2 && 3 > 1',
    '"1" + 1',
    '-"3"',
    '"0.5" < 1',
  ],
  ...[
    '1 == 1.0',
    '"a" == "a"',
    '"1" == 1',
    'true != false',
    'null == null',
    '"true" && true',
    '1 +\n 2',
    '(\n1\n)',
  ],
  ...['true ? "a" : "b"', 'false ? 1 : "b"', 'true ? null : 1', '1 > 2 ? "x" : 3 > 2 ? "y" : "z"'],
  ...[
    '"a${1}b"',
    '"${"x"}"',
    '"${true}"',
    '"${1 + 1}-${"a"}"',
    '"$${x}%%{y}"',
    '"\\u00e9\\n\\t\\"\\\\"',
    '"$"',
    '"%"',
  ],
  ...[
    '[1, 2, 3]',
    '["a", "b",]',
    '[]',
    '{}',
    '{ a = 1, b : 2 }',
    '{ "a" = "b", c = [1] }',
    '{\n a = 1\n b = 2\n}',
  ],
  ...['{ (true ? "k" : "l") = 1 }', '{ 1 = 2 }', '"e\u0301" == "\u00e9"', '# c\n 1', '1 /* x */ + 2 // y'],
  ...[
    '<<EOT\nhello\n  world\nEOT\n',
    '<<-EOT\n  a\n    b\n\n  ${"c"}\n  EOT\n',
    '<<-EOT\n\ta\n\t\tb$\n  \n\tEOT\n',
  ],
  ...[
    'var.x',
    'lower("A")',
    '[for x in [1] : x]',
    '{for k, v in {} : k => v}',
    'a.b[0].c',
    'a.*.b',
    'a::b("c")',
  ],
  ...['"%{ if true }a%{ endif }"', '"a ${~ "b" ~} c"'],
];
