import { isAbsolute, relative, sep } from 'node:path';
import type { Position } from '../hcl/position.js';
import type { HclValue } from '../hcl/value.js';

/** Where something of a backend's configuration stands. */
export type SourcePlace =
  /** Of the input `backend_config`. */
  | { readonly kind: 'line'; readonly line: number }
  | { readonly kind: 'variable'; readonly variable: string }
  /** Of arguments alone. */
  | { readonly kind: 'file'; readonly path: string; readonly position: Position }
  /** The backend block of a configuration. */
  | { readonly kind: 'block'; readonly path: string; readonly position: Position }
  /** What Terraform wrote, which has no lines for people. */
  | { readonly kind: 'record'; readonly path: string };

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
  switch (place.kind) {
    case 'line':
      return `line ${place.line} of input "backend_config"`;
    case 'variable':
      return `environment variable "${place.variable}"`;
    case 'file':
    case 'block':
      return `${place.path}:${place.position.line}`;
    case 'record':
      return place.path;
  }
}

/** `path:line:column` */
export function exactPlace(path: string, { line, column }: Position): string {
  return `${path}:${line}:${column}`;
}

/** Whether a path leads out of a folder, links aside. Both are absolute. */
export function isOutside(folder: string, path: string): boolean {
  const from = relative(folder, path);
  return from === '..' || from.startsWith(`..${sep}`) || isAbsolute(from);
}
