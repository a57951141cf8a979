import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { compareExpressions, compareWithOracle, type Verdict } from '../../testing/hcl-fuzz.js';
import { mutated, seededRandom } from '../../testing/hcl-mutations.js';
import { type HclOracle, startHclOracle } from '../../testing/hcl-oracle.js';
import { SEED_EXPRESSIONS, seedFiles } from '../../testing/hcl-seeds.js';
import { describeWithTools } from '../../testing/interop-tools.js';
import { KNOWN_DIFFERENCES } from '../config/hcl/known-differences.js';

const FILES = 50_000;
const EXPRESSIONS = 50_000;

describeWithTools('our reader of HCL and HashiCorp’s parser', ['hcl_oracle'], () => {
  let oracle: HclOracle;

  beforeAll(() => {
    oracle = startHclOracle();
  });
  afterAll(() => oracle.close());

  /** Nothing is read with another value or at another place, and nothing that HashiCorp's parser refuses. */
  async function fuzz(
    count: number,
    seeds: readonly string[],
    compare: (text: string, oracle: HclOracle) => Promise<Verdict>,
  ): Promise<ReadonlyMap<string, number>> {
    const random = seededRandom(8);
    const counts = new Map<string, number>();
    for (let done = 0; done < count; done++) {
      const seed = seeds[done % seeds.length] as string;
      const text = done < seeds.length ? seed : mutated(seed, seeds, random);
      const { outcome, detail } = await compare(text, oracle);
      if (outcome === 'WRONG') throw new Error(`${detail}\n${JSON.stringify(text)}`);
      counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
    }
    return counts;
  }

  test(`agree on ${FILES} mutated files`, async () => {
    const counts = await fuzz(FILES, seedFiles(), compareWithOracle);
    expect(counts.get('same')).toBeGreaterThan(FILES / 20);
    expect(counts.get('both refuse')).toBeGreaterThan(FILES / 2);
  });

  test(`agree on ${EXPRESSIONS} mutated expressions`, async () => {
    const counts = await fuzz(EXPRESSIONS, SEED_EXPRESSIONS, compareExpressions);
    expect(counts.get('same')).toBeGreaterThan(EXPRESSIONS / 20);
    expect(counts.get('both refuse')).toBeGreaterThan(EXPRESSIONS / 2);
  });

  test.each(KNOWN_DIFFERENCES)('HashiCorp’s: $text', async ({ text, hashicorps }) => {
    expect(await oracle.ask('expression', text)).toEqual({ value: hashicorps });
  });
});
