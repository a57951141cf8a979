import { KNOWN_COMMANDS, parseCommand, type WorkflowCommand } from './workflow-commands.js';

/** What stands beside the log of a run, and above it. */
export interface Annotation {
  readonly title?: string;
  readonly message: string;
}

/** What came out of the commands of a step. */
export interface StepRecord {
  /** Commands in order, those that are only obeyed included. */
  readonly commands: WorkflowCommand[];
  /** The values of `add-mask`. */
  readonly masks: string[];
  readonly errors: Annotation[];
  readonly warnings: Annotation[];
  readonly notices: Annotation[];
  /** By the deprecated commands `set-output` and `save-state`; the files are read elsewhere. */
  readonly outputs: Record<string, string>;
  readonly state: Record<string, string>;
}

export interface StepLog {
  /** Takes one line of output, without its line break. */
  add(line: string): void;
  readonly record: StepRecord;
  /** What a person reads: commands shown as the log shows them, masked values as `***`. */
  text(): string;
}

/**
 * Does with a step's output what the runner does, line by line: obeys commands and hides, from the moment on in which
 * a value is masked, that value and each of its lines. The runner also hides encoded forms of it, such as base64; here
 * they stay visible, so that a test finds them.
 *
 * @param knownSecrets values that are masked from the start, as those of `secrets`
 */
export function newStepLog(knownSecrets: readonly string[]): StepLog {
  const lines: string[] = [];
  const hidden: string[] = [];
  let resumeToken: string | undefined;
  const record: StepRecord = {
    commands: [],
    masks: [],
    errors: [],
    warnings: [],
    notices: [],
    outputs: {},
    state: {},
  };

  const hide = (value: string): void => {
    hidden.push(value, ...value.split(/[\r\n]+/));
    // A value that contains another one goes first, else a part of it would stay.
    hidden.sort((a, b) => b.length - a.length);
  };
  const masked = (text: string): string =>
    hidden.reduce((rest, value) => (value.trim() === '' ? rest : rest.replaceAll(value, '***')), text);
  const show = (text: string): void => {
    lines.push(masked(text));
  };
  const annotate = (list: Annotation[], label: string, { properties, message }: WorkflowCommand): void => {
    const { title } = properties;
    list.push({ message: masked(message), ...(title === undefined ? {} : { title: masked(title) }) });
    show(`${label}: ${message}`);
  };
  const refuse = (command: WorkflowCommand): void => {
    const message = `The \`${command.name}\` command is disabled.`;
    annotate(record.errors, 'Error', { ...command, properties: {}, message });
  };

  const effects: Readonly<Record<string, (command: WorkflowCommand) => void>> = {
    error: (command) => annotate(record.errors, 'Error', command),
    warning: (command) => annotate(record.warnings, 'Warning', command),
    notice: (command) => annotate(record.notices, 'Notice', command),
    group: ({ message }) => show(message),
    'add-mask': ({ message }) => {
      record.masks.push(message);
      hide(message);
    },
    'set-output': ({ properties, message }) => {
      record.outputs[properties['name'] ?? ''] = message;
    },
    'save-state': ({ properties, message }) => {
      record.state[properties['name'] ?? ''] = message;
    },
    'set-env': refuse,
    'add-path': refuse,
    'stop-commands': ({ message }) => {
      resumeToken = message.toLowerCase();
    },
  };

  for (const secret of knownSecrets) hide(secret);
  return {
    record,
    text: () => lines.join('\n'),
    add: (line) => {
      const command = parseCommand(line, resumeToken === undefined ? KNOWN_COMMANDS : [resumeToken]);
      if (!command) show(line);
      else if (resumeToken !== undefined) resumeToken = undefined;
      else {
        record.commands.push(command);
        effects[command.name]?.(command);
      }
    },
  };
}
