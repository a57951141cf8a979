import { ACTIONS, type InputRows, STATE_ACTIONS } from './row.js';

export const processInputs = {
  guard_processes: {
    type: 'programs',
    from: 'ours',
    actions: ['root'],
    description:
      'Programs that the post step stops before it releases the lock, one name a line, beside `terraform`, `tofu`, ' +
      '`terragrunt` and `lokoctl`. A cancelled step can leave them running, and writing.',
  },
  process_timeout: {
    type: 'duration',
    from: 'ours',
    actions: ['root'],
    description:
      'How long the post steps of the job wait at most for such programs to stop, as `2m`. It cannot be more than what ' +
      'they have, about four minutes in all. What has not stopped by then keeps the lock, and fails the step.',
  },
} as const satisfies InputRows;

export const workspaceInputs = {
  working_directory: {
    type: 'folder',
    from: 'ours',
    actions: ACTIONS,
    verbatim: true,
    description:
      'Folder where Terraform runs, in the workspace, which it is unless given: the backend and the files of `backend_config` are ' +
      'looked for there. With it, ' +
      'the post step of the root action also fails where a backend in it was initialised for another state before this job, ' +
      'as on a runner that keeps its files.',
  },
  discover: {
    type: 'boolean',
    from: 'ours',
    actions: ACTIONS,
    fallback: 'true',
    description:
      'Look for the backend in the configuration of `working_directory`. Without `bucket`, what is found there says where ' +
      'the state is; with it, what is found is compared with the inputs.',
  },
  unheld: {
    type: 'unheld',
    from: 'ours',
    actions: ['root'],
    description:
      'What the job touches on purpose without holding it, such as a root that it only reads: lines of ' +
      '`<bucket>/<state path>`, in which `*` and `**` may stand, or of a backend type such as `local`. Where ' +
      "Terraform's own lock is off, any other backend that the job initialised for a state that it does not hold fails " +
      'the post step.',
  },
} as const satisfies InputRows;

export const githubTokenInputs = {
  github_token: {
    type: 'text',
    from: 'ours',
    actions: STATE_ACTIONS,
    expression: 'github.token',
    secret: true,
    description:
      'Token to ask GitHub whether the run that holds the lock goes on, where the lock is not to be had. It needs ' +
      '`actions: read`; without that permission, the message leaves it out.',
  },
} as const satisfies InputRows;

export const jobStatusInputs = {
  job_status: {
    type: 'text',
    from: 'ours',
    actions: ['root'],
    expression: 'job.status',
    description: 'How the job went, for the words of the summary. The runner fills it in; leave it as it is.',
  },
} as const satisfies InputRows;
