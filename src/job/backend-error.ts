/** What S3, DynamoDB or the token service would not do, and the facts that tell a person how to mend it. */
export type BackendProblem =
  | { readonly kind: 'no-such-bucket'; readonly bucket: string }
  | {
      readonly kind: 'wrong-region';
      readonly bucket?: string;
      readonly configured: string;
      readonly actual?: string;
    }
  | { readonly kind: 'no-such-table'; readonly table: string; readonly region: string }
  | { readonly kind: 'wrong-key-schema'; readonly table: string }
  /** `action` is the IAM action, `resource` its ARN; `detail` is AWS's own sentence. */
  | {
      readonly kind: 'access-denied';
      readonly action: string;
      readonly resource: string;
      readonly detail: string;
    }
  | { readonly kind: 'expired-credentials'; readonly detail: string }
  | { readonly kind: 'rejected-credentials'; readonly detail: string }
  | { readonly kind: 'no-credentials'; readonly tried: string; readonly detail: string }
  | RoleProblem
  /** The account of the credentials, and the list of the backend that forbids it. `by` says whose they are. */
  | {
      readonly kind: 'wrong-account';
      readonly account: string;
      readonly rule: { readonly kind: 'allowed' | 'forbidden'; readonly ids: readonly string[] };
      readonly by: string;
    }
  | {
      readonly kind: 'unreachable';
      readonly service: Service;
      readonly endpoint?: string;
      readonly detail: string;
      /** Nobody listens at this address, or not who should: it may be wrong. */
      readonly nobodyThere?: boolean;
    }
  | {
      readonly kind: 'throttled';
      readonly action: string;
      readonly attempts: number;
      readonly detail: string;
    }
  /** The service answers, and cannot do its work at the moment. */
  | {
      readonly kind: 'unavailable';
      readonly service: Service;
      readonly action: string;
      readonly detail: string;
    }
  | { readonly kind: 'no-conditional-writes'; readonly path: string; readonly detail: string }
  | { readonly kind: 'damaged-in-transit'; readonly resource: string; readonly detail: string }
  | {
      readonly kind: 'unexpected';
      readonly action: string;
      readonly resource: string;
      readonly detail: string;
    };

/** Why a role is not to be had; `detail` is AWS's own sentence. */
export type RoleProblem =
  /** Nobody lets these credentials, or whoever has this token, take it. `by` says whose credentials. */
  | {
      readonly kind: 'role-refused';
      readonly role: string;
      readonly giver: RoleToken | 'credentials';
      readonly by: string;
      readonly detail: string;
    }
  /** AWS does not believe the token. */
  | {
      readonly kind: 'token-refused';
      readonly role: string;
      readonly giver: RoleToken;
      readonly detail: string;
    }
  /** A duration, a policy or a tag is not what AWS takes. */
  | { readonly kind: 'role-misasked'; readonly role: string; readonly detail: string }
  /** The credentials that were to take it are no good any more. */
  | {
      readonly kind: 'outdated-for-role';
      readonly role: string;
      readonly by: string;
      readonly detail: string;
    }
  /** GitHub gives this job no ID token; without `detail`, it was not even asked: the job has no permission. */
  | { readonly kind: 'no-id-token'; readonly detail?: string };

/** Whose token it is: the backend's, or this job's own. */
export type RoleToken = 'web-identity' | 'job-token';

/** What holds states, locks and snapshots. */
export type StoreService = 'S3' | 'DynamoDB';

export type Service = StoreService | 'STS';

/** A request that the backend refused, or that never reached it. What people read is made in `words/explain.ts`. */
export class BackendError extends Error {
  override readonly name = 'BackendError';
  /** Whether a write was asked for that may have been carried out all the same: one of its attempts got no answer. */
  readonly mayBeDone: boolean;

  constructor(
    readonly problem: BackendProblem,
    { mayBeDone = false, ...options }: ErrorOptions & { readonly mayBeDone?: boolean } = {},
  ) {
    super(`Backend problem: ${problem.kind}`, options);
    this.mayBeDone = mayBeDone;
  }
}

const PASSING: readonly BackendProblem['kind'][] = ['unreachable', 'throttled', 'unavailable'];

/** Whether the same request may succeed a little later. */
export function isPassing(error: unknown): error is BackendError {
  return error instanceof BackendError && PASSING.includes(error.problem.kind);
}

/** Whether an object was asked for that is not there, in a bucket that is. */
export function isNoSuchObject(error: unknown): boolean {
  return error instanceof BackendError && error.cause instanceof Error && error.cause.name === 'NoSuchKey';
}

/** Whether the address of the service may be wrong: whoever has had an answer from there knows better. */
export function isMisaddressed({ problem }: BackendError): boolean {
  return problem.kind === 'unreachable' && problem.nobodyThere === true;
}

/** Whether the place of a lock does not exist, or is of another kind: then it holds none. */
export function isNoPlaceForLocks(error: unknown): boolean {
  const places: readonly BackendProblem['kind'][] = ['no-such-bucket', 'no-such-table', 'wrong-key-schema'];
  return error instanceof BackendError && places.includes(error.problem.kind);
}
