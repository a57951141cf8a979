import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

export type Environment = Readonly<Record<string, string>>;

/** The folders of one job, all new, and empty but for the event, whose folder tells when the job began. */
export interface JobFolders {
  /** `RUNNER_TEMP` */
  readonly temp: string;
  readonly home: string;
  /** `GITHUB_WORKSPACE`, in which every step starts. */
  readonly workspace: string;
  remove(): Promise<void>;
}

export async function createJobFolders(): Promise<JobFolders> {
  const root = await mkdtemp(join(tmpdir(), 'lockkeeper-job-'));
  const folder = async (name: string): Promise<string> => {
    const path = join(root, name);
    await mkdir(path);
    return path;
  };
  const temp = await folder('temp');
  const event = await folder(join('temp', '_github_workflow'));
  await writeFile(join(event, 'event.json'), '{}');
  return {
    temp,
    home: await folder('home'),
    workspace: await folder('workspace'),
    remove: () => rm(root, { recursive: true, force: true }),
  };
}

/**
 * The environment of every step of one job. From the machine it takes `PATH` and nothing else, so that no credentials
 * of whoever runs the tests come in. The address of GitHub's API is a closed port, until a test gives another.
 */
export function jobEnvironment(folders: JobFolders): Environment {
  return {
    PATH: process.env['PATH'] ?? '',
    HOME: folders.home,
    CI: 'true',
    AWS_EC2_METADATA_DISABLED: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_ACTION: 'lockkeeper',
    GITHUB_ACTOR: 'octocat',
    GITHUB_API_URL: 'http://127.0.0.1:9',
    GITHUB_EVENT_NAME: 'push',
    GITHUB_EVENT_PATH: join(folders.temp, '_github_workflow', 'event.json'),
    GITHUB_JOB: 'deploy',
    GITHUB_REF: 'refs/heads/main',
    GITHUB_REF_NAME: 'main',
    GITHUB_REPOSITORY: 'acme/infrastructure',
    GITHUB_REPOSITORY_OWNER: 'acme',
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_RUN_ID: '4711',
    GITHUB_RUN_NUMBER: '17',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_SHA: '0123456789abcdef0123456789abcdef01234567',
    GITHUB_WORKFLOW: 'Deploy',
    GITHUB_WORKSPACE: folders.workspace,
    RUNNER_ARCH: 'X64',
    RUNNER_NAME: 'runner-1',
    RUNNER_OS: 'Linux',
    RUNNER_TEMP: folders.temp,
    RUNNER_TRACKING_ID: `github_${randomUUID()}`,
  };
}

/** Puts folders that a step added to the path in front of it. */
export function withPaths(environment: Environment, paths: readonly string[]): Environment {
  return { ...environment, PATH: [...paths, environment['PATH'] ?? ''].join(delimiter) };
}
