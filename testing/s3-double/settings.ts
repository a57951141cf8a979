import type { Deny } from './permissions.js';
import type { Accounts } from './signature.js';

/** How the double behaves. A test may change any of it while the double runs. */
export interface S3Settings {
  /** The region of the endpoint, and of buckets that name none. */
  region: string;
  /** By access key id. */
  accounts: Accounts;
  now: () => Date;
  /** What is answered with 403 AccessDenied. */
  deny: Deny;
  /** A store that overwrites, whatever `If-None-Match` and `If-Match` say. */
  ignoreConditionalWrites: boolean;
  /** A store that answers 501 NotImplemented to a conditional write. */
  rejectConditionalWrites: boolean;
  /** A store that deletes, whatever `If-Match` says. */
  ignoreConditionalDeletes: boolean;
  /** A store that answers 501 NotImplemented to a conditional delete. */
  rejectConditionalDeletes: boolean;
}

/** Amazon S3's own behaviour, with one account: `test`, secret `test`. */
export function defaultSettings(): S3Settings {
  return {
    region: 'us-east-1',
    accounts: { test: { secretAccessKey: 'test' } },
    now: () => new Date(),
    deny: [],
    ignoreConditionalWrites: false,
    rejectConditionalWrites: false,
    ignoreConditionalDeletes: false,
    rejectConditionalDeletes: false,
  };
}
