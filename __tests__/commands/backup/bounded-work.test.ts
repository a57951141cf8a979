import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { workWithin } from '../../../src/commands/backup/bounded-work.js';

/** Work that goes on until it is told to end. */
function controlledWork() {
  const ends = new Map<string, { end(): void; fail(error: Error): void }>();
  const begun: string[] = [];
  const work = ({ name }: { name: string }) =>
    new Promise<void>((resolve, reject) => {
      begun.push(name);
      ends.set(name, { end: resolve, fail: reject });
    });
  return {
    work,
    begun,
    end: (name: string) => ends.get(name)?.end(),
    fail: (name: string, error: Error) => ends.get(name)?.fail(error),
  };
}

const item = (name: string, bytes = 1) => ({ name, bytes });

describe('work within bounds', () => {
  test('begins in order, as many at a time as may be, and goes on when one ends', async () => {
    const { work, begun, end } = controlledWork();
    const done = workWithin(
      ['a', 'b', 'c', 'd'].map((name) => item(name)),
      { concurrency: 2, bytes: 100 },
      work,
    );
    await nextTurn();
    expect(begun).toEqual(['a', 'b']);
    end('b');
    await nextTurn();
    expect(begun).toEqual(['a', 'b', 'c']);
    for (const name of ['a', 'c']) end(name);
    await nextTurn();
    end('d');
    await done;
  });

  test('holds no more bytes than may be, and a larger one alone', async () => {
    const { work, begun, end } = controlledWork();
    const items = [item('a', 40), item('b', 70), item('huge', 500), item('c', 1)];
    const done = workWithin(items, { concurrency: 8, bytes: 100 }, work);
    const beginsAfter = async (name: string) => {
      await nextTurn();
      const before = begun.length;
      end(name);
      await nextTurn();
      return begun.slice(before);
    };
    await nextTurn();
    expect(begun).toEqual(['a']);
    expect(await beginsAfter('a')).toEqual(['b']);
    expect(await beginsAfter('b')).toEqual(['huge']);
    expect(await beginsAfter('huge')).toEqual(['c']);
    end('c');
    await done;
  });

  test('of nothing ends at once', async () => {
    await workWithin([], { concurrency: 1, bytes: 1 }, async () => {});
  });

  test('that throws begins no more, and ends when all that had begun has', async () => {
    const { work, begun, end, fail } = controlledWork();
    const done = workWithin(
      ['a', 'b', 'c'].map((name) => item(name)),
      { concurrency: 2, bytes: 100 },
      work,
    );
    let isOver = false;
    const over = done.catch((error: Error) => {
      isOver = true;
      return error.message;
    });
    await nextTurn();
    fail('a', new Error('a defect'));
    await nextTurn();
    expect({ begun, isOver }).toEqual({ begun: ['a', 'b'], isOver: false });
    end('b');
    expect(await over).toBe('a defect');
  });
});
