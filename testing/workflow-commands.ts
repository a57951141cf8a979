/** What GitHub's runner reads as a command in a step's output: https://github.com/actions/runner, `ActionCommand.cs`. */
export interface WorkflowCommand {
  /** In lower case, such as `add-mask`. */
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  /** Unescaped. */
  readonly message: string;
}

/** The commands that the runner knows. A line with any other name is plain text to it. */
export const KNOWN_COMMANDS: readonly string[] = [
  'add-mask',
  'add-matcher',
  'add-path',
  'debug',
  'echo',
  'endgroup',
  'error',
  'group',
  'notice',
  'remove-matcher',
  'save-state',
  'set-env',
  'set-output',
  'stop-commands',
  'warning',
];

/**
 * Reads a command off a line, in either of its two forms: `::error title=a::b` where the line starts with it, and the
 * older `##[error title=a]b` anywhere in the line.
 *
 * @param names the commands that are known at this moment
 */
export function parseCommand(
  line: string,
  names: readonly string[] = KNOWN_COMMANDS,
): WorkflowCommand | undefined {
  return [currentForm, olderForm]
    .map((form) => parseForm(line, form))
    .find((command) => command && names.includes(command.name));
}

interface Form {
  readonly pattern: RegExp;
  readonly separator: string;
  readonly unescapeProperty: (text: string) => string;
  readonly unescapeMessage: (text: string) => string;
}

const currentForm: Form = {
  pattern: /^\s*::(?<name>[^ :]+)(?: (?<properties>.*?))?::(?<message>.*)$/s,
  separator: ',',
  unescapeProperty: unescaper({ '%0D': '\r', '%0A': '\n', '%3A': ':', '%2C': ',', '%25': '%' }),
  unescapeMessage: unescaper({ '%0D': '\r', '%0A': '\n', '%25': '%' }),
};

const olderForm: Form = {
  pattern: /##\[(?<name>[^ \]]+)(?: (?<properties>[^\]]*))?\](?<message>.*)$/s,
  separator: ';',
  unescapeProperty: unescaper({ '%3B': ';', '%0D': '\r', '%0A': '\n', '%5D': ']', '%25': '%' }),
  unescapeMessage: unescaper({ '%3B': ';', '%0D': '\r', '%0A': '\n', '%5D': ']', '%25': '%' }),
};

function parseForm(line: string, form: Form): WorkflowCommand | undefined {
  const groups = form.pattern.exec(line)?.groups;
  if (!groups) return undefined;
  const pairs = (groups['properties'] ?? '').split(form.separator).flatMap((property) => {
    const [, name, value] = /^\s*([^=]+)=(.+)$/s.exec(property) ?? [];
    return name && value ? [[name, form.unescapeProperty(value)] as const] : [];
  });
  return {
    name: (groups['name'] ?? '').toLowerCase(),
    properties: Object.fromEntries(pairs),
    message: form.unescapeMessage(groups['message'] ?? ''),
  };
}

/** One escape after the other, in this order and `%25` last, as the runner does it. */
function unescaper(escapes: Readonly<Record<string, string>>): (text: string) => string {
  return (text) =>
    Object.entries(escapes).reduce((rest, [escaped, plain]) => rest.replaceAll(escaped, plain), text);
}
