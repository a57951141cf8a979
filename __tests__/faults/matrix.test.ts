import { afterAll, describe, test } from '@jest/globals';
import { LOCKING_KINDS } from '../scenarios/scene.js';
import { type Cell, cellsOf, requestLabel } from './cells.js';
import { matrixTable } from './matrix-table.js';
import { brokenPromises, type Evidence } from './promises.js';
import { plainRequests, runCell } from './run-cell.js';

/** Every request that a job makes, as it makes them today: no list to keep. */
const REQUESTS = (await Promise.all(LOCKING_KINDS.map(plainRequests))).flat();
const CELLS = cellsOf(REQUESTS);

const outcomes = new Map<Cell, string>();

afterAll(() => {
  process.stdout.write(`\n${matrixTable(CELLS, outcomes)}\n`);
});

describe('a job keeps its promises, whatever befalls one of its requests', () => {
  const titled = CELLS.map((cell): [string, Cell] => {
    const { kind, step, weather } = cell;
    return [`${kind}, ${step}, ${requestLabel(cell)}: ${weather.name}`, cell];
  });

  test.concurrent.each(titled)('%s', async (_, cell) => {
    const evidence = await runCell(cell).catch((error: Error) => {
      outcomes.set(cell, error.message.split(/[.\n]/)[0] ?? '');
      throw error;
    });
    const broken = brokenPromises(evidence);
    outcomes.set(cell, broken.join(', ') || 'ok');
    if (broken.length > 0) throw new Error(`${broken.join(', ')}.\n${story(evidence)}`);
  });
});

/** What a person wants to read of a broken promise. */
function story({ main, post, next, left }: Evidence): string {
  const logs = Object.entries({ main, post, next }).map(([step, result]) =>
    result ? `---- ${step}: exit code ${result.exitCode}\n${result.log}\n` : '',
  );
  return `${logs.join('')}---- left: ${left.join(', ') || 'nothing'}`;
}
