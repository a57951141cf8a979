/** A number of things: `1 state`, `2,000 states`. */
export function counted(count: number, what: string): string {
  return `${spellCount(count)} ${what}${count === 1 ? '' : 's'}`;
}

/** A number with its thousands apart: `2,000`. */
export function spellCount(count: number): string {
  return count.toLocaleString('en-US');
}
