/**
 * Tries our reader of HCL on mutated files, against `@cdktn/hcl2json`: `npm run fuzz:hcl [count] [seed]`. Prints how many
 * were read alike, and each file that was not; then it fails. 50,000 take about a minute.
 */
import { compareWithHcl2json } from '../testing/hcl-fuzz.js';
import { mutated, seededRandom } from '../testing/hcl-mutations.js';
import { seedFiles } from '../testing/hcl-seeds.js';

const [count = '50000', seed = '8'] = process.argv.slice(2);
const seeds = seedFiles();
const random = seededRandom(Number(seed));
const counts = new Map<string, number>();

for (let done = 0; done < Number(count); done++) {
  const text = mutated(seeds[done % seeds.length] as string, seeds, random);
  const { outcome, detail } = await compareWithHcl2json(text);
  counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  if (outcome === 'WRONG') {
    console.log(`${detail}\n${JSON.stringify(text)}\n`);
    process.exitCode = 1;
  }
}
console.log(
  `${count} mutated files, seed ${seed}: ${[...counts].map((entry) => entry.join(' ')).join(', ')}`,
);
