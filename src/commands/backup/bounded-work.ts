/** How much may be on its way at once. */
export interface Bounds {
  readonly concurrency: number;
  /** Of all that is worked on. A larger one is worked on alone. */
  readonly bytes: number;
}

interface Sized {
  readonly bytes: number;
}

/**
 * Works on all items, several at a time, in their order: each begins as soon as there is room for it.
 *
 * @param work Deals with its own errors. What it throws ends the whole, once all that has begun has ended.
 */
export async function workWithin<Item extends Sized>(
  items: readonly Item[],
  bounds: Bounds,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const running = new Set<Promise<void>>();
  let bytes = 0;
  const hasRoomFor = (item: Item) =>
    running.size === 0 || (running.size < bounds.concurrency && bytes + item.bytes <= bounds.bytes);
  const begin = (item: Item) => {
    bytes += item.bytes;
    const one = work(item).finally(() => {
      running.delete(one);
      bytes -= item.bytes;
    });
    running.add(one);
  };
  try {
    for (const item of items) {
      while (!hasRoomFor(item)) await Promise.race(running);
      begin(item);
    }
    await Promise.all(running);
  } finally {
    await Promise.allSettled(running);
  }
}
