/** What S3 or DynamoDB would not do, and the facts that tell a person how to mend it. */
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
  | {
      readonly kind: 'unreachable';
      readonly service: Service;
      readonly endpoint?: string;
      readonly detail: string;
    }
  | {
      readonly kind: 'throttled';
      readonly action: string;
      readonly attempts: number;
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

export type Service = 'S3' | 'DynamoDB';

/** A request that the backend refused, or that never reached it. What people read is made in `commands/explain.ts`. */
export class BackendError extends Error {
  override readonly name = 'BackendError';

  constructor(
    readonly problem: BackendProblem,
    options?: ErrorOptions,
  ) {
    super(`Backend problem: ${problem.kind}`, options);
  }
}

/** Whether the place of a lock does not exist, or is of another kind: then it holds none. */
export function isNoPlaceForLocks(error: unknown): boolean {
  const places: readonly BackendProblem['kind'][] = ['no-such-bucket', 'no-such-table', 'wrong-key-schema'];
  return error instanceof BackendError && places.includes(error.problem.kind);
}
