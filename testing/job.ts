import { readManifest } from './action-manifest.js';
import { type StepHandle, type StepOptions, type StepResult, startStep } from './runner.js';
import { createJobFolders, type Environment, jobEnvironment, withPaths } from './runner-environment.js';

export type JobOptions = Omit<StepOptions, 'entry' | 'state'>;

/** A job that uses the action once: main, whatever the test does in between, post. */
export interface Job {
  /** Where every step starts. A test may put files here. */
  readonly workspace: string;
  main(): Promise<StepResult>;
  /**
   * Has what main saved and exported, even if main failed or was killed. It has no inputs: the runner hands post
   * inputs that are wrong in nested composite actions, so here each of them is `corrupted`.
   */
  post(): Promise<StepResult>;
  startMain(): Promise<StepHandle>;
  startPost(): Promise<StepHandle>;
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
  let state: Readonly<Record<string, string>> = {};

  const start = (step: Pick<StepOptions, 'entry' | 'inputs'>): Promise<StepHandle> =>
    startStep({ ...options, ...step, state }, { folders, environment });
  const exportEnv = (variables: Environment): void => {
    environment = { ...environment, ...variables };
  };
  const startMain = async (): Promise<StepHandle> => {
    const step = await start({ entry: 'main', inputs });
    const result = step.result.then((main) => {
      state = main.state;
      exportEnv(main.env);
      environment = withPaths(environment, main.paths);
      return main;
    });
    result.catch(() => {});
    return { ...step, result };
  };
  const startPost = async (): Promise<StepHandle> => {
    const { defaults } = await readManifest(options.action ?? '.');
    const corrupted = Object.fromEntries(Object.keys(defaults).map((name) => [name, 'corrupted']));
    return start({ entry: 'post', inputs: corrupted });
  };

  return {
    workspace: folders.workspace,
    main: async () => (await startMain()).result,
    post: async () => (await startPost()).result,
    startMain,
    startPost,
    exportEnv,
    environment: () => environment,
    close: () => folders.remove(),
  };
}
