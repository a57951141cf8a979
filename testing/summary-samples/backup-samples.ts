import { backupBlocks } from '../../src/commands/backup/backup-blocks.js';
import { resultOf } from '../../src/commands/backup/backup-result.js';
import type { Outcome, Result } from '../../src/commands/backup/outcomes.js';
import type { BackupSettings } from '../../src/config/settings.js';
import { explain } from '../../src/words/explain.js';
import { copied, listedState, outcome } from '../backup-outcomes.js';
import { START } from '../fake-clock.js';
import { testSettings } from '../test-data.js';
import { DENIED, type SummarySample } from './sample-facts.js';

const { backend, credentials, lookup, locking, backup, reach } = testSettings();

export const BACKUP_SETTINGS: BackupSettings = {
  ...{ backend, credentials, lookup, locking, backup, reach },
  keys: { included: ['**/*.tfstate'], excluded: ['sandbox/**'] },
  run: { dryRun: false, concurrency: 32, maxAgeMs: 2 * 86_400_000 },
};

const paths = (count: number) =>
  Array.from({ length: count }, (_, n) => `teams/platform-${n % 7}/service-${n}/terraform.tfstate`);
const UNCHANGED = paths(60).map((path) => outcome(path, { kind: 'unchanged', found: false }));
const COPIED = paths(12).map((path, n) => outcome(path, copied(path, 40 + n)));
const COPY = copied('rubbish.tfstate') as Extract<Result, { kind: 'copied' }>;
const DOUBTS = ['The state breaks off: its JSON is unfinished after 8192 bytes.'];
const DOUBTFUL = outcome('rubbish.tfstate', { ...COPY, kind: 'doubtful', doubts: DOUBTS });
const FAILED = outcome(
  'network/terraform.tfstate',
  { kind: 'failed', failure: explain(DENIED) },
  { state: listedState('network/terraform.tfstate', { lastModified: START - 9 * 86_400_000 }) },
);

function backedUp(
  name: string,
  outcomes: readonly Outcome[],
  settings: BackupSettings = BACKUP_SETTINGS,
): SummarySample {
  const result = resultOf({ settings, outcomes, startedAt: START - 4_300, now: START });
  return { name: `backup-${name}`, blocks: backupBlocks(result, START) };
}

const RETENTION = { rules: [{ kind: 'count', per: 'day', count: 30 }], dryRun: false } as const;
const PRUNED = { kept: 31, removed: ['a', 'b'], locked: 0, refused: 0 };

/** Of `backup/`. */
export const BACKUP_SAMPLES: readonly SummarySample[] = [
  backedUp('unchanged', UNCHANGED),
  backedUp('copied', [...UNCHANGED, ...COPIED]),
  backedUp('pruned', [...UNCHANGED, ...COPIED.map((each) => ({ ...each, pruning: PRUNED }))], {
    ...BACKUP_SETTINGS,
    retention: RETENTION,
  }),
  backedUp('doubtful', [...UNCHANGED, ...COPIED, DOUBTFUL]),
  backedUp('failed', [...UNCHANGED, ...COPIED, DOUBTFUL, FAILED]),
  backedUp('dry-run', [...UNCHANGED, ...paths(3).map((path) => outcome(path, { kind: 'would-copy' }))], {
    ...BACKUP_SETTINGS,
    run: { ...BACKUP_SETTINGS.run, dryRun: true },
  }),
  backedUp(
    'of-thousands',
    paths(3_000).map((path, n) => outcome(path, copied(path, n))),
  ),
];
