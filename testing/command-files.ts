/**
 * Reads what a step wrote to `GITHUB_OUTPUT`, `GITHUB_STATE` or `GITHUB_ENV`: `name=value`, or `name<<delimiter`, lines,
 * `delimiter`. As strict as the runner: https://github.com/actions/runner, `FileCommandManager.cs`.
 *
 * @throws Error for what would make the runner fail the step
 */
export function parseCommandFile(text: string): Record<string, string> {
  const values: Record<string, string> = {};
  const lines = text.split('\n');
  for (let line = lines.shift(); line !== undefined; line = lines.shift()) {
    if (line === '') continue;
    const [, name, operator, rest = ''] = /^(.*?)(=|<<)(.*)$/s.exec(line) ?? [];
    if (!name) throw new Error(`Invalid format '${line}'`);
    values[name] = operator === '=' ? rest : readUpTo(rest, lines);
  }
  return values;
}

function readUpTo(delimiter: string, lines: string[]): string {
  if (delimiter === '') throw new Error('Invalid value. The delimiter must not be empty');
  const end = lines.indexOf(delimiter);
  if (end < 0) throw new Error(`Invalid value. Matching delimiter not found '${delimiter}'`);
  const value = lines.splice(0, end).join('\n');
  lines.shift();
  return value;
}

/** What a step wrote to `GITHUB_PATH`: a folder a line, the last one first in the path. */
export function parsePathFile(text: string): string[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .reverse();
}
