import type { Outcome, Result } from '../src/commands/backup/outcomes.js';
import { versionTag } from '../src/names/snapshot-key.js';
import type { ListedState } from '../src/state/listed-state.js';
import { START } from './fake-clock.js';

/** A state as a listing shows it. */
export function listedState(path: string, differences: Partial<ListedState> = {}): ListedState {
  return { path, bytes: 20_000, etag: `"${path}"`, lastModified: START - 3_600_000, ...differences };
}

/** What became of a state, with the verified snapshot that this leaves. */
export function outcome(path: string, result: Result, differences: Partial<Outcome> = {}): Outcome {
  const state = listedState(path);
  const mark = { lastModified: state.lastModified, tag: versionTag(state.etag) };
  const isSafe = result.kind === 'unchanged' || result.kind === 'copied';
  return {
    state,
    result,
    ...(isSafe && { entry: { newest: mark, verified: mark, count: 3, bytes: 60_000 } }),
    ...differences,
  };
}

/** That it was copied. */
export function copied(path: string, serial = 42): Result {
  const { etag, lastModified, bytes } = listedState(path);
  const key = `lockkeeper/states/${path}/20261122T001551Z-${String(serial).padStart(10, '0')}-5f3a9c01d2e4.tfstate`;
  const md5 = '94497314cd4b060d6f6884b86d1b3436';
  return { kind: 'copied', created: true, key, bytes, lastModified, tag: versionTag(etag), serial, md5 };
}
