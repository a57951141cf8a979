import { expect, test } from '@jest/globals';
import { readExpression } from '../../../src/config/hcl/hcl.js';
import { compareWithHcl2json, type Verdict } from '../../../testing/hcl-fuzz.js';
import { mutated, seededRandom } from '../../../testing/hcl-mutations.js';
import { SEED_EXPRESSIONS, seedFiles } from '../../../testing/hcl-seeds.js';

/** `npm run fuzz:hcl` tries 50,000, and the interop suite as many against HashiCorp's own parser. */
const FILES = 300;
const EXPRESSIONS = 3_000;

test('300 mutated files are read as @cdktn/hcl2json reads them, or refused by both', async () => {
  const seeds = seedFiles();
  const random = seededRandom(8);
  const counts: Partial<Record<Verdict['outcome'], number>> = {};
  for (let count = 0; count < FILES; count++) {
    const seed = seeds[count % seeds.length] as string;
    const text = count < seeds.length ? seed : mutated(seed, seeds, random);
    const { outcome, detail } = await compareWithHcl2json(text);
    expect({ text, outcome, detail }).not.toMatchObject({ outcome: 'WRONG' });
    counts[outcome] = (counts[outcome] ?? 0) + 1;
  }
  // Enough of each kind for the comparison to mean something.
  expect(counts.same).toBeGreaterThan(30);
  expect(counts['both refuse']).toBeGreaterThan(100);
});

test('no mutated expression breaks the reader', () => {
  const random = seededRandom(8);
  const kinds = new Set<string>();
  for (let count = 0; count < EXPRESSIONS; count++) {
    const seed = SEED_EXPRESSIONS[count % SEED_EXPRESSIONS.length] as string;
    const reading = readExpression(mutated(seed, SEED_EXPRESSIONS, random));
    kinds.add(reading.kind === 'read' ? reading.what.kind : reading.kind);
    if (reading.kind === 'refused') expect(reading.because).toMatch(/^[A-Z].*[^ ]\.$/);
  }
  expect(kinds).toEqual(
    new Set(['refused', 'unknown', 'string', 'number', 'bool', 'null', 'tuple', 'object']),
  );
});
