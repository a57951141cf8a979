/** One line of the input `backend_config`, as `-backend-config` would take it. */
export type ConfigLine = {
  /** Counted from 1. */
  readonly line: number;
  /** Something of a shell or of a command line was taken off. */
  readonly cleaned: boolean;
} & (
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'assignment'; readonly name: string; readonly text: string }
);

/** Reads the lines. A line of nothing but white space is none. */
export function readLines(text: string): ConfigLine[] {
  return text.split(/\r?\n/).flatMap((written, index) => lineOf(written, index + 1) ?? []);
}

function lineOf(written: string, line: number): ConfigLine | undefined {
  const argument = written.trim() === '' ? '' : withoutShell(written);
  if (argument === '') return undefined;
  const common = { line, cleaned: argument !== written };
  const equals = argument.indexOf('=');
  if (equals < 0) return { ...common, kind: 'file', path: argument };
  return { ...common, kind: 'assignment', name: argument.slice(0, equals), text: argument.slice(equals + 1) };
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
