import type { LockedPlaces, LockKind, Settings } from '../../../config/settings.js';
import { formatDuration } from '../../../words/duration.js';
import { reachLine } from '../../../words/reach.js';

/** What a run was asked to do, for the log: places and choices, no identity and no key. */
export function settingsLines(settings: Settings): string[] {
  const { backup } = settings;
  const reach = reachLine(settings);
  return [
    ...placeLines(settings),
    backup.phases.length > 0
      ? `Snapshots: ${backup.phases.join(' and ')}, to s3://${backup.bucket}/${backup.prefix}`
      : 'Snapshots: none',
    ...(reach === undefined ? [] : [reach]),
  ];
}

/** Where the state is, and which lock is taken. */
export function placeLines({ backend, locking }: LockedPlaces): string[] {
  const timeout = locking.timeoutMs === 0 ? '0s' : formatDuration(locking.timeoutMs);
  return [
    `State: s3://${backend.bucket}/${backend.statePath} in ${backend.region}${backend.s3Endpoint ? ` at ${backend.s3Endpoint}` : ''}`,
    `Lock: ${lockWords(locking.lock)}, scope ${locking.scope.kind}, lock_timeout ${timeout}`,
  ];
}

function lockWords(lock: LockKind): string {
  switch (lock.kind) {
    case 'none':
      return 'none';
    case 'dynamodb':
      return `DynamoDB table ${lock.table}`;
    case 'lockfile':
      return 'lockfile';
    case 'both':
      return `lockfile and DynamoDB table ${lock.table}`;
  }
}
