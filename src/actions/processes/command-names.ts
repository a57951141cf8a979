import { basename } from 'node:path';

/** How a process was started, as far as the machine tells. */
export interface Command {
  /** Path of the executable. */
  readonly executable?: string;
  /** Its arguments, the name that it was called by first. */
  readonly arguments: readonly string[];
}

/** Programs that run a script, and which of their options are followed by a value or by code instead of a script. */
const INTERPRETERS = [
  { name: /^(?:ba|da|a|z|k)?sh$/, withValue: /^(?:[-+]\w*o|-O|--rcfile|--init-file)$/, withCode: /^-\w*c$/ },
  {
    name: /^(?:node(?:js)?|bun|deno)$/,
    withValue: /^(?:-r|-C|--require|--import|--loader|--conditions|--env-file)$/,
    withCode: /^(?:-e|-p|-pe|--eval|--print)$/,
  },
  { name: /^python[\d.]*$/, withValue: /^-[WX]$/, withCode: /^-[cm]$/ },
  { name: /^(?:ruby|perl)[\d.]*$/, withValue: /^-[IrM]$/, withCode: /^-\w*e$/ },
];

/**
 * The names that a process goes by: of its executable, of what it was called by (a link, such as a version manager
 * makes), and of the script that it runs. Arguments are not among them: they can hold secrets.
 */
export function commandNames({ executable, arguments: [calledBy = '', ...rest] }: Command): string[] {
  const programs = [executable ?? '', calledBy.replace(/^-/, '')].map((path) => basename(path));
  const interpreter = INTERPRETERS.find(({ name }) => programs.some((program) => name.test(program)));
  const script = interpreter ? scriptOf(interpreter, rest) : '';
  return [...new Set([...programs, basename(script)])].filter((name) => name !== '');
}

/** The first argument that is neither an option nor an option's value; "" if the code itself was given. */
function scriptOf({ withValue, withCode }: (typeof INTERPRETERS)[number], rest: readonly string[]): string {
  for (let at = 0; at < rest.length; at++) {
    const argument = rest[at] ?? '';
    if (withCode.test(argument)) return '';
    if (withValue.test(argument)) at++;
    else if (!/^[-+]/.test(argument)) return argument;
  }
  return '';
}
