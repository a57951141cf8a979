import { createHash } from 'node:crypto';
import type { StepResult } from '../../testing/runner.js';
import type { StoredObject } from '../../testing/s3-double/index.js';
import type { Cell } from './cells.js';

/** What is there when a job is over, and what its steps said. */
export interface Evidence {
  readonly cell: Cell;
  readonly main: StepResult;
  readonly post: StepResult;
  /** The main step of another job, which came when this one's post had been killed, and would not wait. */
  readonly next?: StepResult;
  /** Lock records of this state, after all of them. */
  readonly left: readonly string[];
  readonly snapshots: readonly StoredObject[];
  /** What the bodies of the snapshots are, if nothing is lost: the states before and after. */
  readonly states: readonly Uint8Array[];
}

/** What the user can rely on. `broken` is what the table says where it does not hold. */
interface UserPromise {
  readonly broken: string;
  readonly holds: (evidence: Evidence) => boolean;
}

/** A lock that stays is a lock that is named, with the way out, by a step that fails. */
const saysItself = ({ errors }: StepResult, id: string): boolean =>
  errors.some(
    ({ message }) => message.includes(id) && /force-unlock|delete-object|delete-item/.test(message),
  );

/** Nobody cancels in the matrix, and nobody takes a lock. */
const FALSE_WORDS = /lock lost|was taken from this job|cancelled/i;

const succeeded = ({ exitCode }: StepResult): boolean => exitCode === 0;

const PROMISES: readonly UserPromise[] = [
  {
    broken: 'green over a lock',
    holds: ({ post, left }) => left.length === 0 || !succeeded(post),
  },
  {
    broken: 'lock left unsaid',
    holds: ({ main, post, next, left }) => left.length === 0 || saysItself(next ?? post, lockId(main)),
  },
  {
    broken: 'lock left',
    holds: ({ left, next }) => left.length === 0 || next !== undefined,
  },
  {
    broken: 'false word',
    holds: ({ main, post }) => ![main, post].some(({ log, summary }) => FALSE_WORDS.test(log + summary)),
  },
  {
    broken: 'damaged snapshot',
    holds: ({ snapshots }) => snapshots.every(isWhole),
  },
  {
    broken: 'main fails',
    holds: ({ cell, main }) => succeeded(main) || !mainMustSucceed(cell),
  },
  {
    broken: 'post fails',
    holds: ({ cell, post }) => succeeded(post) || !postMustSucceed(cell),
  },
  {
    broken: 'snapshot missing',
    holds: ({ cell, snapshots, states }) =>
      cell.weather.effect !== 'passes' ||
      states.every((state) => snapshots.some(({ body }) => body.equals(state))),
  },
];

/** Which promises a job has broken, by the names that the table gives them. */
export function brokenPromises(evidence: Evidence): string[] {
  return PROMISES.filter(({ holds }) => !holds(evidence)).map(({ broken }) => broken);
}

/** A wait for the lock outlasts any bad weather; a state that cannot be read for long is a reason to stop. */
function mainMustSucceed({ step, name, weather }: Cell): boolean {
  if (step === 'post' || weather.effect === 'passes') return true;
  return weather.effect === 'outlasts' && /lock/.test(name);
}

/** It has nothing to do but to release, whatever became of main. Without its snapshot *after* it does fail. */
function postMustSucceed({ step, name, weather }: Cell): boolean {
  if (step === 'main' || weather.effect === 'passes') return true;
  return weather.effect === 'outlasts' && /lock|GET snapshot/.test(name);
}

function isWhole({ body, metadata }: StoredObject): boolean {
  return createHash('sha256').update(body).digest('hex') === metadata['sha256'];
}

/** The lock that main asked for, out of what it saved. */
function lockId({ state }: StepResult): string {
  return /"ID":"([^"]+)"/.exec(Object.values(state).join())?.[1] ?? 'no lock was asked for';
}
