import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { machineProcesses } from '../../src/actions/processes/machine.js';
import {
  type StopParts,
  stopWriters,
  type WritersOutcome,
} from '../../src/commands/hold/writers/stop-writers.js';
import type { StoppingRecord } from '../../src/commands/hold/writers/stopping-record.js';
import { systemClock } from '../../src/job/clock.js';
import type { ProcessId } from '../../src/job/processes.js';
import { formatHeldMark, heldVariable } from '../../src/names/held-variable.js';
import { type StepShell, type StepShellOptions, startStepShell } from '../../testing/cancelled-step.js';
import type { Environment } from '../../testing/runner-environment.js';
import { LOCK_PATH, OUR_ID } from '../../testing/test-data.js';

/** What a slow resource prints when it is being made; it is never done. */
export const BEGUN = 'it has begun';

/** `provisioner` has a name that begins like Terraform's, as providers have. */
const configuration = (provisioner: string) => `
resource "terraform_data" "first" {
  input = "a"
}
resource "terraform_data" "slow" {
  depends_on = [terraform_data.first]
  provisioner "local-exec" {
    command = "${provisioner}"
  }
}
resource "terraform_data" "last" {
  depends_on = [terraform_data.slow]
}
`;

/** A checkout with a state in a file, and the job that works on it. */
export interface CancelledScene {
  readonly folder: string;
  /** Puts a program into the path of all steps, before the real ones. */
  addProgram(name: string, script: string): Promise<void>;
  /** Starts a step of the job that holds this lock; of ours, unless another is given. */
  startStep(script: string, options?: Partial<StepShellOptions> & { lockId?: string }): Promise<StepShell>;
  /** What post does first, with all that it did before in this scene. */
  stop(options?: Partial<StopParts>): Promise<WritersOutcome>;
  /** What every SIGINT of post was sent to. */
  readonly interrupted: readonly (ProcessId & { readonly command: string })[];
  /** Whatever runs of these names with the mark of this lock. */
  running(names: readonly string[], lockId?: string): Promise<readonly string[]>;
  /** The names of all resources that the state knows. */
  stateResources(): readonly string[];
  /** Whether Terraform's own lock, or a state that could not be written, is left. */
  leftovers(): readonly string[];
  close(): Promise<void>;
}

/** @param program Path of `terraform` or `tofu`; without it, the checkout is not initialised. */
export async function newCancelledScene(program?: string): Promise<CancelledScene> {
  const root = await mkdtemp(join(tmpdir(), 'lockkeeper-cancelled-'));
  const [folder, bin] = [join(root, 'checkout'), join(root, 'bin')];
  await mkdir(folder);
  await mkdir(bin);
  const addProgram = async (name: string, script: string) => {
    await writeFile(join(bin, name), script, { mode: 0o755, flag: 'wx' });
  };
  await addProgram('terraform-provider-aws_v5', `#!/bin/sh\necho ${BEGUN}\nexec sleep 3600\n`);
  await writeFile(join(folder, 'main.tf'), configuration(join(bin, 'terraform-provider-aws_v5')));
  const environment: Environment = {
    PATH: [bin, ...(program ? [dirname(program)] : []), process.env['PATH'] ?? ''].join(delimiter),
    HOME: root,
    TF_INPUT: '0',
    CHECKPOINT_DISABLE: '1',
  };
  if (program) await promisify(execFile)(program, ['init'], { cwd: folder, env: environment });

  const machine = machineProcesses();
  const interrupted: (ProcessId & { command: string })[] = [];
  const mainStartedAt = (await machine.look())?.self.startedAt ?? Number.NaN;
  let record: StoppingRecord = { since: systemClock.now(), interrupted: [] };
  const steps: StepShell[] = [];

  return {
    folder,
    addProgram,
    interrupted,
    startStep: async (script, { lockId = OUR_ID, ...options } = {}) => {
      const mark = { [heldVariable(LOCK_PATH)]: formatHeldMark({ kind: 'lockfile', id: lockId }) };
      const step = await startStepShell({
        script,
        cwd: folder,
        env: { ...environment, ...mark },
        ...options,
      });
      steps.push(step);
      return step;
    },
    stop: (options) =>
      stopWriters({
        processes: machine,
        clock: systemClock,
        job: { lockIds: [OUR_ID], mainStartedAt },
        guarded: [],
        until: Number.POSITIVE_INFINITY,
        record,
        remember: (next) => {
          record = next;
        },
        onInterrupt: (writer) => interrupted.push(writer),
        ...options,
      }),
    running: async (names, lockId = OUR_ID) => {
      const others = (await machine.look())?.others ?? [];
      const marked = await Promise.all(
        others.map(async (one) => {
          const variables = await machine.variablesOf(one, heldVariable(LOCK_PATH));
          const name = one.names.find((known) => names.includes(known));
          const isOurs = typeof variables === 'object' && Object.values(variables)[0]?.endsWith(lockId);
          return name !== undefined && isOurs ? [name] : [];
        }),
      );
      return marked.flat().sort();
    },
    stateResources: () =>
      JSON.parse(readFileSync(join(folder, 'terraform.tfstate'), 'utf8'))
        .resources.map(({ name }: { name: string }) => name)
        .sort(),
    leftovers: () =>
      ['errored.tfstate', '.terraform.tfstate.lock.info'].filter((name) => existsSync(join(folder, name))),
    close: async () => {
      for (const step of steps) await step.close();
      await rm(root, { recursive: true, force: true });
    },
  };
}
