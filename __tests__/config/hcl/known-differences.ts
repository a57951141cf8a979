// biome-ignore-all lint/suspicious/noTemplateCurlyInString: HCL has templates of its own.

/**
 * Expressions that HashiCorp's parser evaluates, and ours does not, or otherwise. But for the last ones, we refuse them or
 * tell that we do not know: nothing is read as something else.
 */
export const KNOWN_DIFFERENCES: readonly {
  readonly text: string;
  readonly ours: unknown;
  readonly hashicorps: unknown;
}[] = [
  { text: '[for x in ["a"] : x]', ours: { unknown: 'for' }, hashicorps: { tuple: [{ string: 'a' }] } },
  { text: '["a", "b"][1]', ours: { unknown: 'index' }, hashicorps: { string: 'b' } },
  { text: '{ a = 1 }.a', ours: { unknown: 'index' }, hashicorps: { number: '1' } },
  { text: '"%{ if true }a%{ endif }"', ours: { unknown: 'directive' }, hashicorps: { string: 'a' } },
  { text: '"a ${~ "b" ~} c"', ours: { unknown: 'directive' }, hashicorps: { string: 'abc' } },
  { text: '7 / 2', ours: { unknown: 'arithmetic' }, hashicorps: { number: '3.5' } },
  { text: '0.1 + 0.2', ours: { unknown: 'arithmetic' }, hashicorps: { number: '0.3' } },
  { text: '-0 - 5', ours: { unknown: 'arithmetic' }, hashicorps: { number: '-5' } },
  { text: '0 * -5', ours: { unknown: 'arithmetic' }, hashicorps: { number: '-0' } },
  { text: '[1] == [1]', ours: { unknown: 'comparison' }, hashicorps: { bool: true } },
  { text: 'true ? ["a"] : ["b"]', ours: { unknown: 'comparison' }, hashicorps: { tuple: [{ string: 'a' }] } },
  // Of the result that is not chosen, HCL forgives everything.
  { text: 'true ? "a" : var.x', ours: { unknown: 'variable' }, hashicorps: { string: 'a' } },
  { text: 'true ? "a" : !1', ours: 'True or false is required here.', hashicorps: { string: 'a' } },
  { text: '".5" < 1', ours: 'A number is required here.', hashicorps: { bool: true } },
  { text: '5 % 0', ours: 'This divides by zero.', hashicorps: { number: '5' } },
  { text: '5 / 0', ours: 'This divides by zero.', hashicorps: { number: '+Inf' } },
  // The character itself is allowed. We cannot tell it from bytes that are not UTF-8, which HCL refuses.
  {
    text: '"\ufffd"',
    ours: 'Here are bytes that are not UTF-8, or their replacement character. HCL is always UTF-8.',
    hashicorps: { string: '\ufffd' },
  },
  {
    text: `${'('.repeat(101)}1${')'.repeat(101)}`,
    ours: 'Expressions are nested too deeply here.',
    hashicorps: { number: '1' },
  },
  // HCL's null remembers that it could have been a string. An argument of a backend converts both alike.
  { text: 'false ? (true ? null : "a") : 5', ours: { number: '5' }, hashicorps: { string: '5' } },
];
