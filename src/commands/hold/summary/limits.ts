/** These limits keep the worst summary at about half of what GitHub takes. Lengths are UTF-16 code units. */
export const MOST = { problems: 10, holders: 10, snapshots: 4, doubts: 5, addresses: 50 };
export const LONGEST = { title: 100, problem: 1_000, holder: 200, doubt: 300, address: 160, location: 1_200 };

export function andMore(list: readonly unknown[], shown: number): readonly string[] {
  return list.length > shown ? [`and ${list.length - shown} more`] : [];
}
