import { link, plain, type Span } from '../job/blocks.js';
import { DOCUMENTATION_URL } from '../names/documentation.js';

/** Without `..`, by which a store's message could lead elsewhere under our name. */
const ADDRESS = new RegExp(`(${DOCUMENTATION_URL.replaceAll('.', '\\.')}(?:[\\w/#-]|\\.(?!\\.))*\\w)`);
/** So that no message is without an end: the text before an address, the address, and the text behind it. */
const MOST_PARTS = 9;

/** A message in which the addresses of our own documentation are links; any other is text. */
export function linked(text: string, longest: number): readonly Span[] {
  return text
    .split(ADDRESS, MOST_PARTS)
    .map((part, index) => (index % 2 === 1 ? link(pageOf(part), part) : plain(part, longest)));
}

const pageOf = (address: string) => `docs/${address.slice(DOCUMENTATION_URL.length)}`;
