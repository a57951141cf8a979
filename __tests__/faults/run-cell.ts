import type { Fault } from '../../testing/fault-proxy.js';
import type { Job } from '../../testing/job.js';
import type { StepHandle, StepResult } from '../../testing/runner.js';
import { stateBody } from '../../testing/test-data.js';
import { timeLapse } from '../../testing/time-lapse.js';
import { inScene, type Scene, STATE } from '../scenarios/scene.js';
import type { Cell, LockingKind, PlainRequest, StepName } from './cells.js';
import type { Evidence } from './promises.js';

const CHANGED = stateBody({ serial: 8 });

/** What main and post of a job with this lock ask for, in order. */
export async function plainRequests(kind: LockingKind): Promise<PlainRequest[]> {
  const requests: PlainRequest[] = [];
  await inScene(async (scene) => {
    const job = await startJob(scene, kind);
    for (const step of ['main', 'post'] as const) {
      const earlier = scene.asked.length;
      await job[step]();
      const names = scene.asked.slice(earlier);
      requests.push(...names.map((name, index) => ({ kind, step, name, nth: nthOf(names, index) })));
      await scene.putState(CHANGED);
    }
  }, {});
  return requests;
}

const nthOf = (names: readonly string[], index: number): number =>
  names.slice(0, index + 1).filter((name) => name === names[index]).length;

/** Runs a job in which that befalls the request, up to where nobody will do anything about its lock any more. */
export async function runCell(cell: Cell): Promise<Evidence> {
  let evidence: Evidence | undefined;
  await inScene(async (scene) => {
    const job = await startJob(scene, cell.kind);
    const main = await runStep(scene, job, 'main', cell);
    if (main.exitCode === 0) await scene.putState(CHANGED);
    const post = await runStep(scene, job, 'post', cell);
    const next = post.signal === null ? undefined : await nextMain(scene, cell.kind);
    evidence = {
      cell,
      main,
      post,
      ...(next ? { next } : {}),
      left: await scene.lockRecords(),
      snapshots: scene.snapshots(),
      states: [STATE, CHANGED],
    };
  }, {});
  if (!evidence) throw new Error('The job did not come to its end.');
  return evidence;
}

async function startJob(scene: Scene, kind: LockingKind): Promise<Job> {
  await scene.putState(STATE);
  return scene.startJob(kind, { env: timeLapse() });
}

async function runStep(scene: Scene, job: Job, step: StepName, cell: Cell): Promise<StepResult> {
  let handle: StepHandle | undefined;
  if (step === cell.step) {
    const { effect, fault, times } = cell.weather;
    const fatal: Fault = async (exchange) => {
      await fault(exchange);
      handle?.sendSignal('SIGKILL');
    };
    scene.onRequest(cell.name, effect === 'kills' ? fatal : fault, { nth: cell.nth, times });
  }
  handle = await (step === 'main' ? job.startMain() : job.startPost());
  return handle.result;
}

/** A job that does not wait. Where it gets the lock, its own post releases it. */
async function nextMain(scene: Scene, kind: LockingKind): Promise<StepResult> {
  const job = await scene.startJob(kind, { env: timeLapse(), inputs: { lock_timeout: '0s' } });
  const main = await job.main();
  await job.post();
  return main;
}
