/**
 * Lets so many works go on at a time; the others wait in line.
 *
 * @param most 1 or more.
 */
export function atMost(most: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let going = 0;
  return async (work) => {
    if (going === most) await new Promise<void>((resolve) => waiting.push(resolve));
    else going++;
    try {
      return await work();
    } finally {
      // Whoever is next takes the place as it is.
      const next = waiting.shift();
      if (next) next();
      else going--;
    }
  };
}
