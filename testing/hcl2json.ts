import { parse } from '@cdktn/hcl2json';

export type Hcl2jsonAnswer =
  | { readonly kind: 'json'; readonly value: unknown }
  /** HashiCorp's parser, which is in it, refuses the text. */
  | { readonly kind: 'refused' }
  /** It has no JSON for the text, such as for blocks of one type with labels of another number. */
  | { readonly kind: 'no-json' };

/** What `@cdktn/hcl2json` makes of a text. */
export async function hcl2json(text: string): Promise<Hcl2jsonAnswer> {
  try {
    return { kind: 'json', value: await parse('main.tf', text) };
  } catch (error) {
    return { kind: String(error).includes('parse config: ') ? 'refused' : 'no-json' };
  }
}
