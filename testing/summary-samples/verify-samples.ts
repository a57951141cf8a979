import type { IndexOutcome } from '../../src/commands/verify/overview.js';
import { notVerifiedBlocks, verifyBlocks } from '../../src/commands/verify/verify-blocks.js';
import { sortFindings, type VerifyResults } from '../../src/commands/verify/verify-results.js';
import type { VerifySettings } from '../../src/config/settings.js';
import { cataloguePrefix, snapshotName } from '../../src/names/snapshot-key.js';
import type { Doubt, Finding } from '../../src/snapshots/verification/finding.js';
import { Failure } from '../../src/words/failure.js';
import { START } from '../fake-clock.js';
import { BUCKET, testSettings } from '../test-data.js';
import type { SummarySample } from './sample-facts.js';

const SETTINGS: VerifySettings = {
  ...testSettings(),
  keys: { included: ['**/*.tfstate'], excluded: [] },
  verification: { depth: { kind: 'sample', others: 3 }, acknowledged: [], drill: true, concurrency: 32 },
};

const INDEX: IndexOutcome = {
  kind: 'reconciled',
  was: 'behind',
  behind: 12,
  findings: [],
  written: 'written',
};

const keyOf = (path: string, serial: number) =>
  cataloguePrefix('lockkeeper/', BUCKET, path) +
  snapshotName({ etag: `"${serial}"`, lastModified: START - 3_600_000 * serial }, serial, 'verified');

const ofSnapshot = (statePath: string, serial: number, doubt: Doubt): Finding => ({
  key: keyOf(statePath, serial),
  statePath,
  doubt,
});

const ofState = (statePath: string, doubt: Doubt): Finding => ({ key: statePath, statePath, doubt });

const HASHES = {
  recorded: '9b1c04d2e7fa'.repeat(5).padEnd(64, '0'),
  found: '1f0e2d3c4b5a'.repeat(5).padEnd(64, '1'),
};
const ALTERED = ofSnapshot('network/terraform.tfstate', 41, { kind: 'altered', what: 'SHA-256', ...HASHES });
const BACK = ofSnapshot('env:/prod/apps/terraform.tfstate', 17, {
  kind: 'falling-serial',
  serial: 17,
  other: keyOf('env:/prod/apps/terraform.tfstate', 18),
  otherSerial: 18,
});
const NONE = ofState('legacy/terraform.tfstate', { kind: 'no-snapshot', others: 2 });
const UNSAVED = ofState('apps/terraform.tfstate', { kind: 'unsaved' });

function results(findings: readonly Finding[], differences: Partial<VerifyResults> = {}): VerifyResults {
  return {
    overview: {
      states: new Map(),
      catalogues: new Map(),
      paths: [],
      index: INDEX,
      versioning: 'enabled',
    },
    totals: { states: 2_004, gone: 4, snapshots: 61_277, checked: 8_011, bytes: 160_220_000 },
    findings: sortFindings(findings, [BACK.key]),
    unmatched: [],
    drill: {
      client: 'Terraform v1.11.4',
      outcomes: { listed: 1_997, 'read-back': 0, encrypted: 3 },
      leftOvers: 0,
    },
    tookMs: 372_000,
    ...differences,
  };
}

const sample = (name: string, of: VerifyResults): SummarySample => ({
  name: `verify-${name}`,
  blocks: verifyBlocks(of, SETTINGS),
});

const MANY = Array.from({ length: 500 }, (_, number) =>
  ofState(`many/${number}/terraform.tfstate`, { kind: 'no-snapshot', others: 0 }),
);

/** Of `verify/`. */
export const VERIFY_SAMPLES: readonly SummarySample[] = [
  sample('clean', results([])),
  sample('to-be-known', results([UNSAVED])),
  sample('findings', results([ALTERED, NONE, UNSAVED, BACK])),
  sample('many-findings', results(MANY)),
  sample(
    'drill-failed',
    results([], {
      drill: {
        outcomes: { listed: 0, 'read-back': 0, encrypted: 0 },
        leftOvers: 1,
        failure: new Error('The disk is full.'),
      },
    }),
  ),
  {
    name: 'verify-not-begun',
    blocks: notVerifiedBlocks(
      new Failure('Bucket not found', 'The S3 bucket "states" does not exist.'),
      SETTINGS,
    ),
  },
];
