import { describe, expect, test } from '@jest/globals';
import type { CataloguedSnapshot } from '../../../src/snapshots/index/catalogue-index.js';
import type { KeyRange } from '../../../src/snapshots/index/reconcile.js';
import { gatherCatalogues, PackedCatalogue } from '../../../src/snapshots/verification/packed-catalogue.js';
import { reconcile } from '../../../src/snapshots/verification/reconciliation.js';
import { START } from '../../../testing/fake-clock.js';
import { listed, PREFIX } from './listed.js';

const parsed = (snapshot: ReturnType<typeof listed>) => ({ ...snapshot, tag: expect.any(String) });

describe('a packed catalogue', () => {
  test('gives what it was given, each once, oldest first', () => {
    const catalogue = new PackedCatalogue(PREFIX);
    const [one, two, three] = [listed(1, 1), listed(2, 2, 'doubtful'), listed(3, 9)];
    for (const snapshot of [three, one, two, one]) catalogue.add(snapshot);
    expect(catalogue.snapshots()).toEqual([one, two, three].map(parsed));
  });

  test('parts of a listing come together, by state path', async () => {
    const of = (statePath: string, day: number): CataloguedSnapshot => {
      const snapshot = listed(day, day);
      return { ...snapshot, statePath, key: snapshot.key.replace('network/terraform.tfstate', statePath) };
    };
    const all = [of('a', 1), of('a', 2), of('a/b', 1), of('c', 1)];
    async function* list({ after = '', upTo = '~' }: KeyRange) {
      for (const snapshot of all)
        if (snapshot.statePath > after && snapshot.statePath <= upTo) yield snapshot;
    }
    const catalogues = await gatherCatalogues(list, []);
    expect([...catalogues].map(([path, catalogue]) => [path, catalogue.snapshots().length])).toEqual([
      ['a', 2],
      ['a/b', 1],
      ['c', 1],
    ]);
  });
});

describe('an index that is reconciled', () => {
  const mark = ({ lastModified, tag }: ReturnType<typeof listed>) => ({ lastModified, tag });
  const entry = (snapshot: ReturnType<typeof listed>, count = 1) => ({
    newest: mark(snapshot),
    verified: mark(snapshot),
    count,
    bytes: 100 * count,
  });
  const indexOf = (path: string, of: ReturnType<typeof entry>) => ({
    entries: new Map([[path, of]]),
    reconciledAt: 0,
    retentionHash: 'f'.repeat(64),
    comparedUpTo: 'a',
  });
  const catalogueOf = (...snapshots: readonly ReturnType<typeof listed>[]) => {
    const catalogue = new PackedCatalogue(PREFIX);
    for (const snapshot of snapshots) catalogue.add(snapshot);
    return new Map([['a', catalogue]]);
  };
  const [older, newer] = [listed(1, 1), listed(2, 2)].map((snapshot) => {
    const catalogue = new PackedCatalogue(PREFIX);
    catalogue.add(snapshot);
    return catalogue.snapshots()[0] ?? snapshot;
  }) as [ReturnType<typeof listed>, ReturnType<typeof listed>];

  test('is made of what is there, and keeps what only it knows', () => {
    const { index } = reconcile(indexOf('a', entry(older)), catalogueOf(older), {
      now: START,
      isMeant: () => true,
    });
    expect(index).toEqual({ ...indexOf('a', entry(older)), reconciledAt: START });
  });

  test.each([
    ['was right', entry(older), [older], 0, []],
    ['did not know the newest', entry(older), [older, newer], 1, []],
    ['knew an old one that the rules removed', entry(older), [newer], 1, []],
    ['knew more than there are', entry(newer, 5), [newer], 1, []],
    ['knew a newest that is gone', entry(newer), [older], 0, ['a']],
  ] as const)('%s', (_, known, snapshots, behind, vanished) => {
    const result = reconcile(indexOf('a', known), catalogueOf(...snapshots), {
      now: START,
      isMeant: () => true,
    });
    expect(result.behind).toBe(behind);
    expect(result.findings.map(({ key }) => key)).toEqual(vanished);
  });

  test('knew a catalogue that is gone as a whole', () => {
    const { findings, index } = reconcile(indexOf('a', entry(newer)), new Map(), {
      now: START,
      isMeant: () => true,
    });
    expect(findings).toEqual([{ key: 'a', statePath: 'a', doubt: { kind: 'vanished', mark: mark(newer) } }]);
    expect(index.entries.size).toBe(0);
  });

  test('keeps for others what it knows of a catalogue that is not looked at, and when all were', () => {
    const known = indexOf('a', entry(newer));
    const result = reconcile(known, catalogueOf(older), { now: START, isMeant: (path) => path !== 'a' });
    expect(result).toEqual({ index: known, findings: [], behind: 0 });
  });

  test('that was not there is no finding', () => {
    expect(reconcile(undefined, catalogueOf(older), { now: START, isMeant: () => true })).toMatchObject({
      findings: [],
      behind: 0,
    });
  });
});
