/** What one `-backend-config` takes. */
export type ConfigArgument =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'assignment'; readonly name: string; readonly text: string };

/** One line of the input `backend_config`. */
export interface ConfigLine {
  /** Counted from 1. */
  readonly line: number;
  /** Something of a shell or of a command line was taken off. */
  readonly cleaned: boolean;
  readonly argument: ConfigArgument;
}

/** Reads the lines. A line of nothing but white space is none. */
export function readLines(text: string): ConfigLine[] {
  return text.split(/\r?\n/).flatMap((written, index) => lineOf(written, index + 1) ?? []);
}

function lineOf(written: string, line: number): ConfigLine | undefined {
  const text = written.trim() === '' ? '' : withoutShell(written);
  return text === '' ? undefined : { line, cleaned: text !== written, argument: argumentOf(text) };
}

/** What has a `=` is a name and its value, even if there is such a file. */
export function argumentOf(text: string): ConfigArgument {
  const equals = text.indexOf('=');
  return equals < 0
    ? { kind: 'file', path: text }
    : { kind: 'assignment', name: text.slice(0, equals), text: text.slice(equals + 1) };
}

const FLAG = /^\s*--?backend-config(?:=|\s+)/;
const SINGLE = /^\s*'([^']*)'\s*$/;
const DOUBLE = /^\s*"((?:\\.|[^"\\])*)"\s*$/;
/** What a backslash in double quotes makes plain, in a shell. */
const ESCAPED = /\\(["\\$`])/g;

/** Where a command goes on in its next line. */
const CONTINUATION = /\s+\\\s*$/;

/** The line without the quotes around all of it, and without the flag before or in them and what comes with that. */
function withoutShell(line: string): string {
  const argument = FLAG.test(line) ? line.replace(FLAG, '').replace(CONTINUATION, '') : line;
  return unquoted(argument).replace(FLAG, '');
}

function unquoted(line: string): string {
  const [, single] = SINGLE.exec(line) ?? [];
  const [, double] = DOUBLE.exec(line) ?? [];
  return single ?? double?.replaceAll(ESCAPED, '$1') ?? line;
}
