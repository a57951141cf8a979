/** What changed between two states, by resource instance address. */
export interface ResourceChanges {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly string[];
}

/** Resource instances by address, each with a fingerprint of its content. */
export type Resources = ReadonlyMap<string, string>;

/** What happened to the resource instances, each list in natural order: `a[2]` comes before `a[10]`. */
export function compareResources(before: Resources, after: Resources): ResourceChanges {
  const { compare } = new Intl.Collator('en', { numeric: true });
  const pick = (from: Resources, matches: (address: string) => boolean) =>
    [...from.keys()].filter(matches).sort(compare);
  return {
    added: pick(after, (address) => !before.has(address)),
    removed: pick(before, (address) => !after.has(address)),
    changed: pick(after, (address) => before.has(address) && before.get(address) !== after.get(address)),
  };
}
