import { availableParallelism } from 'node:os';
import { atMost } from '../../../job/at-most.js';
import { StateClientError } from '../../../job/state-client.js';
import { type Finding, isRed } from '../../../snapshots/verification/finding.js';
import { reason } from '../../../words/explain.js';
import { Failure } from '../../../words/failure.js';
import type { CatalogueReport } from '../check-catalogue.js';
import type { VerifyParts } from '../verify-parts.js';
import type { DrillResults } from '../verify-results.js';
import { cleanUp, type DrillOutcome, type DrillParts, drill, removeLeftOvers } from './drill.js';

/** The drills of one step. */
export interface DrillSession {
  /** Restores the newest verified snapshot of a state for trial, unless something is wrong with it already. */
  drill(report: CatalogueReport): Promise<readonly Finding[]>;
  results(): DrillResults;
  /** Removes all that is still there. Nothing that goes wrong here is thrown; the results have it. */
  close(): Promise<void>;
}

/** A client takes a processor for a second, and each state is in memory as a whole. */
const MOST_AT_ONCE = 4;

/** Whatever keeps drills from taking place ends them all, and is told once; the snapshots are checked all the same. */
export async function openDrillSession(parts: VerifyParts): Promise<DrillSession> {
  const outcomes: Record<DrillOutcome['kind'], number> = { listed: 0, 'read-back': 0, encrypted: 0 };
  const gate = atMost(Math.max(1, Math.min(MOST_AT_ONCE, availableParallelism())));
  let failure: { readonly error: unknown } | undefined;
  let leftOvers = 0;
  let drilled = 0;
  const unlessFailed = async <T>(work: () => Promise<T>): Promise<T | undefined> => {
    if (failure) return undefined;
    try {
      return await work();
    } catch (error) {
      failure ??= { error: error instanceof StateClientError ? clientFailed(error) : error };
      return undefined;
    }
  };
  let place: DrillParts['place'] | undefined;
  const opened = await unlessFailed(async (): Promise<DrillParts> => {
    const { clock, random, signal } = parts;
    place = await parts.openDrill(signal);
    const own = { place, clock, random, signal };
    tellClient(parts, own);
    leftOvers = await removeLeftOvers(own);
    return own;
  });
  return {
    drill: async ({ statePath, newest, findings }) => {
      const isDoubtful = findings.some((finding) => finding.key === newest?.key && isRed(finding));
      if (!newest || !opened || isDoubtful) return [];
      const workspace = `state-${++drilled}`;
      const outcome = await gate(() =>
        unlessFailed(async () => {
          const { catalogue } = await parts.stores.openState(statePath);
          return drill(opened, { catalogue, snapshot: newest, workspace });
        }),
      );
      if (!outcome) return [];
      outcomes[outcome.kind]++;
      return outcome.doubts.map((doubt) => ({ key: newest.key, statePath, doubt }));
    },
    results: () => ({
      client: opened?.place.client?.name,
      outcomes,
      leftOvers,
      ...(failure && { failure: failure.error }),
    }),
    close: async () => {
      const cleaned = opened && cleanUp(opened, parts.settings.backend.bucket);
      await cleaned?.catch((error) => {
        // What kept drills from taking place may be what keeps them from being removed, and is told before it.
        failure ??= { error };
      });
      await place?.client?.close().catch((error) => {
        parts.report.info(`What the client left on this machine could not be removed: ${reason(error)}`);
      });
    },
  };
}

function clientFailed(cause: StateClientError): Failure {
  return new Failure(
    'Drill failed',
    `The Terraform or OpenTofu of this machine could not be led to where snapshots are restored for trial: ${cause.message}. ` +
      'A drill needs Terraform 1.6 or later, or OpenTofu. The snapshots were read all the same.',
    { cause },
  );
}

function tellClient({ report }: VerifyParts, { place }: DrillParts): void {
  report.info(
    place.client
      ? `Drill: ${place.client.name} lists each state in ${place.scratch.folder}/.`
      : `Drill: neither "terraform" nor "tofu" is on the PATH, so each state is only read back from ${place.scratch.folder}/.`,
  );
}
