/** The answers of S3 that callers expect, and act on. An answer to HEAD has no body, so the status counts as well. */

interface S3Answer {
  readonly name?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

/** 412: the object exists, or is not the version that was named. */
export const isPreconditionFailed = (error: unknown) => isAnswer(error, 412, 'PreconditionFailed');

/** 409: another conditional write of the same key was under way. A lost race, not a refusal. */
export const isConditionalConflict = (error: unknown) => isAnswer(error, 409, 'ConditionalRequestConflict');

/** 501: the store does not know this header. */
export const isNotImplemented = (error: unknown) => isAnswer(error, 501, 'NotImplemented');

/** 304: the object is still the version that was named. */
export const isNotModified = (error: unknown) => isAnswer(error, 304, 'NotModified');

/** 404 for the key. By its name alone: whoever answers 404 to everything is no S3. */
export const isNoSuchKey = (error: unknown) => (error as S3Answer).name === 'NoSuchKey';

/** 404 to a HEAD, which has no body to say of what. */
export const isNotFound = (error: unknown) => isAnswer(error, 404, 'NotFound');

/** Neither the bucket nor this object has anything of Object Lock. */
export const isWithoutObjectLock = (error: unknown) =>
  WITHOUT_OBJECT_LOCK.includes((error as S3Answer).name ?? '');

const WITHOUT_OBJECT_LOCK = ['ObjectLockConfigurationNotFoundError', 'NoSuchObjectLockConfiguration'];

function isAnswer(error: unknown, status: number, name: string): boolean {
  const answer = error as S3Answer;
  return answer.name === name || answer.$metadata?.httpStatusCode === status;
}
