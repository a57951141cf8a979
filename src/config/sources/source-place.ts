import type { Position } from '../hcl/position.js';
import type { HclValue } from '../hcl/value.js';

/** Where in `backend_config` something stands: in a line of it, or in a file that a line names. */
export type SourcePlace =
  | { readonly kind: 'line'; readonly line: number }
  | { readonly kind: 'file'; readonly path: string; readonly position: Position };

/** An attribute as it is named there. */
export interface NamedPlace {
  readonly name: string;
  readonly place: SourcePlace;
}

/** What an attribute is set to there. */
export interface PlacedValue {
  readonly value: HclValue;
  readonly place: SourcePlace;
}

/** To continue a sentence with. */
export function placeWords(place: SourcePlace): string {
  return place.kind === 'line' ? `line ${place.line} of input "backend_config"` : shortPlace(place);
}

/** Where it is clear that it is about `backend_config`. */
export function shortPlace(place: SourcePlace): string {
  return place.kind === 'line' ? `line ${place.line}` : `${place.path}:${place.position.line}`;
}

/** `path:line:column` */
export function exactPlace(path: string, { line, column }: Position): string {
  return `${path}:${line}:${column}`;
}
