import { readManifest } from './action-manifest.js';
import { type StepHandle, type StepOptions, type StepResult, startStep } from './runner.js';
import { createJobFolders, type Environment, jobEnvironment, withPaths } from './runner-environment.js';

export type JobOptions = Omit<StepOptions, 'entry' | 'state'>;

/** One use of the action in a job: main, whatever the test does in between, post. */
export interface ActionUse {
  main(): Promise<StepResult>;
  /**
   * Has what main saved and exported, even if main failed or was killed. It has no inputs: the runner hands post
   * inputs that are wrong in nested composite actions, so here each of them is `corrupted`.
   */
  post(): Promise<StepResult>;
  startMain(): Promise<StepHandle>;
  startPost(): Promise<StepHandle>;
}

/** A job, and its first use of the action. */
export interface Job extends ActionUse {
  /** Where every step starts. A test may put files here. */
  readonly workspace: string;
  /** Another use of the action, with what all steps before it have exported. */
  use(inputs: Readonly<Record<string, string>>): ActionUse;
  /** What a step in between exports by `GITHUB_ENV`, for instance other credentials. */
  exportEnv(variables: Environment): void;
  /** What a `run:` step would find in its environment now. */
  environment(): Environment;
  /** Removes the folders of the job. */
  close(): Promise<void>;
}

/** @param options.env the environment of the whole job */
export async function startJob({ env = {}, inputs = {}, ...options }: JobOptions = {}): Promise<Job> {
  const folders = await createJobFolders();
  let environment: Environment = { ...jobEnvironment(folders), ...env };
  const exportEnv = (variables: Environment): void => {
    environment = { ...environment, ...variables };
  };
  const start: StartStep = async (step) => {
    const handle = await startStep({ ...options, ...step }, { folders, environment });
    const result = handle.result.then((ended) => {
      exportEnv(ended.env);
      environment = withPaths(environment, ended.paths);
      return ended;
    });
    result.catch(() => {});
    return { ...handle, result };
  };

  const use = (given: Readonly<Record<string, string>>) => actionUse(start, given, options.action);

  return {
    ...use(inputs),
    workspace: folders.workspace,
    use,
    exportEnv,
    environment: () => environment,
    close: () => folders.remove(),
  };
}

type StartStep = (step: Pick<StepOptions, 'entry' | 'inputs' | 'state'>) => Promise<StepHandle>;

function actionUse(start: StartStep, inputs: Readonly<Record<string, string>>, action = '.'): ActionUse {
  let state: Readonly<Record<string, string>> = {};
  const startMain = async (): Promise<StepHandle> => {
    const step = await start({ entry: 'main', inputs });
    const result = step.result.then((main) => {
      state = main.state;
      return main;
    });
    result.catch(() => {});
    return { ...step, result };
  };
  const startPost = async (): Promise<StepHandle> => {
    const { defaults } = await readManifest(action);
    const corrupted = Object.fromEntries(Object.keys(defaults).map((name) => [name, 'corrupted']));
    return start({ entry: 'post', inputs: corrupted, state });
  };
  return {
    main: async () => (await startMain()).result,
    post: async () => (await startPost()).result,
    startMain,
    startPost,
  };
}
