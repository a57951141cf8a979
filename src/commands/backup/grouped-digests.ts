import type { StateSource } from '../../state/state-source.js';
import type { BackupStores } from './backup-parts.js';

/** DynamoDB answers for so many with one request. */
const GROUP = 100;

/** Terraform's digest of a state that was named at the start. */
export interface Digests {
  /** As it was when the first of its group was needed. */
  first(statePath: string): Promise<string | undefined>;
  /** As it is now. */
  again(statePath: string): Promise<string | undefined>;
}

/**
 * The digests of many states. Those of a hundred are asked for at once, when the first of them is needed.
 *
 * @param statePaths All for which it may be asked.
 */
export function groupedDigests(
  { readDigests }: Pick<BackupStores, 'readDigests'>,
  statePaths: readonly string[],
  signal: AbortSignal,
): Digests {
  const groupOf = new Map(statePaths.map((path, index) => [path, Math.floor(index / GROUP)]));
  const asked = new Map<number, Promise<ReadonlyMap<string, string>>>();
  return {
    first: async (path) => {
      const group = groupOf.get(path) ?? 0;
      const paths = () => statePaths.slice(group * GROUP, (group + 1) * GROUP);
      const answer = asked.get(group) ?? readDigests(paths(), signal);
      asked.set(group, answer);
      return (await answer).get(path);
    },
    again: async (path) => (await readDigests([path], signal)).get(path),
  };
}

/** A source whose digest is known at first. Whoever asks once more asks for it alone: it may be another by then. */
export function withKnownDigest(source: StateSource, digests: Digests): StateSource {
  let isFirst = true;
  return {
    ...source,
    digest: () => {
      const which = isFirst ? 'first' : 'again';
      isFirst = false;
      return digests[which](source.path);
    },
  };
}
