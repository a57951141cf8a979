import { LOCKING_KINDS } from '../scenarios/scene.js';
import { type Cell, requestLabel, type StepName } from './cells.js';

/** Cells and what became of them, as a table: a row for a request and what befalls it, a column for a lock and a step. */
export function matrixTable(cells: readonly Cell[], outcomes: ReadonlyMap<Cell, string>): string {
  const steps: readonly StepName[] = ['main', 'post'];
  const columns = steps.flatMap((step) => LOCKING_KINDS.map((kind) => ({ kind, step })));
  const rowOf = (cell: Cell): string => `${requestLabel(cell)}\t${cell.weather.name}`;
  const lines = [...new Set(cells.map(rowOf))].map((row) => [
    ...row.split('\t'),
    ...columns.map(({ kind, step }) => {
      const cell = cells.find((each) => rowOf(each) === row && each.kind === kind && each.step === step);
      return cell ? (outcomes.get(cell) ?? 'not run') : '';
    }),
  ]);
  const head = ['request', 'fault', ...columns.map(({ kind, step }) => `${step}, ${kind}`)];
  return aligned([head, ...lines]);
}

function aligned(lines: readonly (readonly string[])[]): string {
  const widths = (lines[0] ?? []).map((_, column) =>
    Math.max(...lines.map((line) => line[column]?.length ?? 0)),
  );
  const padded = lines.map((line) => line.map((text, column) => text.padEnd(widths[column] ?? 0)));
  return padded.map((line) => `| ${line.join(' | ')} |\n`).join('');
}
