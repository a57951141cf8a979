import type { Catalogue } from '../../snapshots/catalogue.js';
import type { StateSource } from '../../state/state-source.js';

/** Where the state is, and where its snapshots go. */
export interface Stores {
  readonly state: StateSource;
  readonly catalogue: Catalogue;
}
