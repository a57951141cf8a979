import {
  type CommandName,
  type Flag,
  flagsOf,
  secretFlagsOf,
  valueWords,
} from '../../config/command-line/flags.js';
import { orList } from '../../config/quoting.js';
import { documentationUrl } from '../../names/documentation.js';

/** Of a terminal that nobody has made wider. */
const WIDTH = 80;
const INDENT = '  ';
const DEEPER = '      ';

const COMMANDS: Readonly<Record<CommandName, string>> = {
  inspect: 'who holds the lock, how the state stands, which snapshots there are; compares two of them',
  backup: 'copies every state of a bucket that has changed',
  verify: 'checks the snapshots of a bucket',
  restore: 'puts a snapshot in the place of a state, under its lock',
};

const OF_ALL = [
  ['--json', 'What was found, as one JSON value on standard output; all else goes to standard error.'],
  ['--yes', 'Asks nothing before what cannot be undone.'],
  ['-h, --help', 'This text.'],
] as const;

/** What `--help` says of the program as a whole. */
export function programHelp(commands: readonly CommandName[]): string {
  return text([
    'Usage: lockkeeper <command> [flags]',
    '',
    ...paragraph(
      'Looks after Terraform states in S3, their locks and their snapshots, without GitHub. Without --bucket, the backend block ' +
        'of the folder says which state it is. Credentials are those of the AWS CLI: environment, profile, role.',
    ),
    '',
    'Commands:',
    ...commands.flatMap((command) => entry(command, COMMANDS[command])),
    '',
    'Flags:',
    ...entry('<command> --help', 'The flags of a command.'),
    ...entry('--version', 'The version.'),
    '',
    ...paragraph(
      'Exit status: 0 where all went well; 1 where something failed; 2 where what was asked for cannot be understood, and ' +
        'nothing was touched.',
    ),
    documentationUrl('cli.md'),
  ]);
}

/** What `<command> --help` says. */
export function commandHelp(command: CommandName): string {
  const flags = flagsOf(command);
  const topics = [...new Set(flags.map(({ topic }) => topic))];
  return text([
    `Usage: lockkeeper ${command} [flags]`,
    '',
    ...paragraph(sentence(COMMANDS[command])),
    ...topics.flatMap((topic) => [
      '',
      `${topic}:`,
      ...flags.filter((flag) => flag.topic === topic).flatMap((flag) => flagEntry(flag, flags)),
    ]),
    '',
    'Secrets, as environment variables:',
    ...secretFlagsOf(command).flatMap(({ variables }) => [`${INDENT}${orList(variables)}`]),
    '',
    'Flags of every command:',
    ...OF_ALL.flatMap(([flag, words]) => entry(flag, words)),
    '',
    documentationUrl('cli.md'),
  ]);
}

function flagEntry(flag: Flag, flags: readonly Flag[]): readonly string[] {
  const value = valueWords(flag);
  const { description, environment, fallback, choices } = flag.row;
  const notes = [
    ...(choices && value === 'choice' ? [`One of ${orList(choices)}.`] : []),
    ...(environment ? [`Falls back on ${orList(environment)}.`] : []),
    ...(fallback === undefined ? [] : [defaultWords(flag, fallback)]),
  ];
  const isSaid = (note: string) => /^Falls back/.test(note) && /Falls back/i.test(description);
  const words = [plainWords(description, flags), ...notes.filter((note) => !isSaid(note))].join(' ');
  return entry(value === undefined ? flag.flag : `${flag.flag} <${value}>`, words);
}

const defaultWords = ({ flag, row }: Flag, fallback: string) =>
  row.type === 'boolean' && fallback === 'true'
    ? `On by default: --no-${flag.slice('--'.length)} switches it off.`
    : `Default: ${fallback}.`;

/** Markdown as a terminal shows it, with flags for inputs. */
function plainWords(description: string, flags: readonly Flag[]): string {
  const flagOfInput = new Map(flags.map(({ name, flag }) => [name, flag]));
  return description.replaceAll(/`([^`]+)`/g, (_, code: string) => flagOfInput.get(code) ?? code);
}

const sentence = (words: string) => `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;

const entry = (name: string, words: string) => [
  `${INDENT}${name}`,
  ...wrapped(words, WIDTH - DEEPER.length).map((line) => DEEPER + line),
];

const paragraph = (words: string) => wrapped(words, WIDTH);

/** In lines of so many characters; a longer word has one of its own. */
function wrapped(words: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of words.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

const text = (lines: readonly string[]) => `${lines.join('\n')}\n`;

/** Below an error on a command line. */
export const seeHelp = (command: CommandName | undefined) =>
  `See "lockkeeper ${command === undefined ? '' : `${command} `}--help".`;
