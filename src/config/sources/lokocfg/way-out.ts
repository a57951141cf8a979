import type { UnknownValue } from '../../hcl/value.js';
import type { Variables } from './declared-variables.js';

const WRITE_ITSELF = 'Lockkeeper works out no such value: write the value itself.';

/** What to do where a value is not known: a sentence to follow that. */
export function wayOut({ needs, name }: UnknownValue, variables: Variables): string {
  switch (needs) {
    case 'variable':
      return name?.startsWith('var.') ? wayOutOf(name.slice('var.'.length), variables) : NO_REFERENCE;
    case 'function':
      return 'The functions of lokoctl are file and pathexpand, with one argument.';
    case 'for':
    case 'index':
    case 'directive':
    case 'arithmetic':
    case 'comparison':
      return WRITE_ITSELF;
  }
}

const NO_REFERENCE = 'lokoctl knows no other references than var.<name>. Texts have double quotes.';

function wayOutOf(variable: string, { names, references }: Variables): string {
  if (references.has(`var.${variable}`) || variable.includes('.')) return WRITE_ITSELF;
  return names.has(variable)
    ? `The variable "${variable}" has no value: give it one in lokocfg.vars, or a default.`
    : `The variable "${variable}" is not declared, which takes a block variable "${variable}" { }.`;
}
