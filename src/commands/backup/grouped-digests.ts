import type { StateSource } from '../../state/state-source.js';
import type { BackupStores } from './backup-parts.js';

/** DynamoDB answers for so many with one request. */
const GROUP = 100;

/** Of a state that was named at the start. */
export type DigestOf = (statePath: string) => Promise<string | undefined>;

/**
 * The digests of many states. Those of a hundred are asked for at once, when the first of them is needed.
 *
 * @param statePaths All for which it may be asked.
 */
export function groupedDigests(
  { readDigests }: Pick<BackupStores, 'readDigests'>,
  statePaths: readonly string[],
  signal: AbortSignal,
): DigestOf {
  const groupOf = new Map(statePaths.map((path, index) => [path, Math.floor(index / GROUP)]));
  const asked = new Map<number, Promise<ReadonlyMap<string, string>>>();
  return async (path) => {
    const group = groupOf.get(path) ?? 0;
    const answer =
      asked.get(group) ?? readDigests(statePaths.slice(group * GROUP, (group + 1) * GROUP), signal);
    asked.set(group, answer);
    return (await answer).get(path);
  };
}

/** A source whose digest is known at first. Whoever asks once more asks for it alone: it may be another by then. */
export function withKnownDigest(source: StateSource, digestOf: DigestOf): StateSource {
  let isFirst = true;
  return {
    ...source,
    digest: (signal) => {
      if (!isFirst) return source.digest(signal);
      isFirst = false;
      return digestOf(source.path);
    },
  };
}
