/** The one of `names` that takes the fewest changes of a letter to write; undefined if none is near. */
export function nearestName(name: string, names: readonly string[]): string | undefined {
  const far = Math.max(2, Math.floor(name.length / 3)) + 1;
  const near = names
    .map((candidate) => ({ candidate, distance: distance(name.toLowerCase(), candidate) }))
    .filter((each) => each.distance < far)
    .sort((a, b) => a.distance - b.distance);
  return near[0]?.candidate;
}

/** How many letters must be put in, taken out or replaced (Levenshtein). */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [index, letter] of [...one].entries()) {
    const next = [index + 1];
    for (let column = 1; column <= other.length; column++) {
      const replaced = (row[column - 1] as number) + (other[column - 1] === letter ? 0 : 1);
      next.push(Math.min(replaced, (row[column] as number) + 1, (next[column - 1] as number) + 1));
    }
    row = next;
  }
  return row[other.length] as number;
}
