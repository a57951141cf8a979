/**
 * What the inputs mean, once they are parsed: the only form of configuration that the rest of the code sees.
 * Every value is plain JSON, because main hands it to post through the runner.
 */
import type { SnapshotReference } from './snapshot-reference.js';

/** Where the states of a bucket, their locks and their snapshots are, and who asks for them: what every action is told. */
export interface BucketPlaces {
  readonly backend: StateBucket;
  readonly credentials: CredentialSource;
  readonly lookup: CredentialLookup;
  /** Absent where the credentials may be of any account. */
  readonly accounts?: AccountRule;
  readonly locking: LockChoice;
  readonly backup: SnapshotPlace;
  readonly reach: Reach;
}

/** The same of one of these states. */
export interface Places extends BucketPlaces {
  readonly backend: Backend;
}

/** The same of all that {@link KeyGlobs} name. */
export interface StatesPlaces extends BucketPlaces {
  readonly keys: KeyGlobs;
}

/** The same of one of these states, and what is to be told of it. */
export interface InspectPlaces extends Places {
  readonly inspection: InspectionWishes;
}

export interface InspectionWishes {
  /** How many of the newest snapshots are shown. */
  readonly snapshots: Count;
  readonly compare?: SnapshotPair;
}

/** Whose resources are compared. */
export interface SnapshotPair {
  readonly from: ComparedReference;
  readonly to: ComparedReference;
}

/** `current` is the state itself. */
export type ComparedReference = SnapshotReference | { readonly kind: 'current' };

/** Everything that one run of `backup/` was asked to do. */
export interface BackupSettings extends StatesPlaces {
  readonly run: BackupRun;
  /** Absent where nothing is ever to be removed. */
  readonly retention?: Retention;
}

/** How the states are gone through. */
export interface BackupRun {
  /** Nothing is written, and what would be is told. */
  readonly dryRun: boolean;
  /** How many states are copied at a time. */
  readonly concurrency: number;
  /** For how long a change may be without a verified snapshot; for ever unless given. */
  readonly maxAgeMs?: number;
  /** What is called after a good run. A secret. */
  readonly heartbeatUrl?: string;
}

/** Which objects of a bucket are meant: those that fit any glob of `included`, and none of `excluded`. */
export interface KeyGlobs {
  /** At least one. */
  readonly included: readonly string[];
  readonly excluded: readonly string[];
}

/** Everything that one run of `verify/` was asked to do. */
export interface VerifySettings extends StatesPlaces {
  readonly verification: Verification;
}

/** How the snapshots are looked at. */
export interface Verification {
  readonly depth: VerifyDepth;
  /** Keys of snapshots and of states whose findings a person has looked at. */
  readonly acknowledged: readonly string[];
  /** Whether the newest are restored for trial. */
  readonly drill: boolean;
  /** How many snapshots are read at a time. */
  readonly concurrency: number;
}

/** Which snapshots of a state are read. */
export type VerifyDepth =
  /** The newest verified one. */
  | { readonly kind: 'newest' }
  /** That, and so many others at random. */
  | { readonly kind: 'sample'; readonly others: number }
  | { readonly kind: 'all' };

/** The same of one whose lock is taken. */
export interface LockedPlaces extends Places {
  readonly locking: Locking;
}

/** Everything that one run of the root action was asked to do. */
export interface Settings extends LockedPlaces {
  readonly backup: Backup;
  readonly processes: ProcessGuard;
  readonly workspace: WorkspaceSettings;
}

/** What a run of `restore` was asked to do. */
export interface RestoreSettings extends LockedPlaces {
  readonly restore: RestoreChoice;
}

/** What is restored, and what may come of it. */
export interface RestoreChoice {
  readonly snapshot: SnapshotReference;
  /** Whether a snapshot of another lineage may take the place of the state. */
  readonly allowLineageChange: boolean;
  /** Nothing is changed, and what would be is told. */
  readonly dryRun: boolean;
}

/** Where a state lives, and how its objects are written. */
export interface Backend extends StateBucket {
  /** The object's key: `key`, or `<workspace_key_prefix>/<workspace>/<key>`. */
  readonly statePath: string;
  readonly workspace: string;
}

/** Where states live, and how their objects are written. */
export interface StateBucket {
  readonly bucket: string;
  readonly region: string;
  readonly s3Endpoint?: string;
  readonly dynamodbEndpoint?: string;
  readonly usePathStyle: boolean;
  /** How often a request is sent in all, while it fails for a passing reason. */
  readonly maxAttempts: number;
  readonly skipS3Checksum: boolean;
  readonly encryption: Encryption;
  /** A canned ACL, as `private`. */
  readonly acl?: string;
  /** Of the lockfile, by their keys. */
  readonly lockTags?: Readonly<Record<string, string>>;
  /** Of the state's object, the same. */
  readonly stateTags?: Readonly<Record<string, string>>;
}

/** The server-side encryption that is asked for when an object is written. */
export type Encryption =
  /** Nothing is asked for: the bucket's default applies. */
  | { readonly kind: 'bucket-default' }
  | { readonly kind: 'aes256' }
  | { readonly kind: 'kms'; readonly keyId: string }
  /** SSE-C. The key is 32 bytes in base64, and is needed for reading too. */
  | { readonly kind: 'customer-key'; readonly keyBase64: string };

/** Who the requests are signed as. */
export type CredentialSource =
  | BaseSource
  /** A role that is assumed with the credentials of another source, as by Terraform's `assume_role`. */
  | { readonly kind: 'role'; readonly role: AssumedRole; readonly from: BaseSource };

/** Credentials that need no others. */
export type BaseSource =
  | ({ readonly kind: 'keys' } & AccessKey)
  | {
      readonly kind: 'profile';
      readonly profile: string;
      /** In the order in which they are read: what a later one says wins. The usual file unless given. */
      readonly credentialsFiles?: readonly string[];
    }
  /** The chain: environment, web identity, shared files, container, instance. */
  | { readonly kind: 'ambient' }
  /** A role that is taken with a token of somebody whom AWS trusts. */
  | { readonly kind: 'web-identity'; readonly role: TokenRole; readonly token: WebIdentityToken }
  /** A role that is taken with the ID token of this job. */
  | { readonly kind: 'job-token'; readonly role: TokenRole };

/** What AssumeRoleWithWebIdentity is asked for beside the token. */
export interface TokenRole {
  readonly arn: string;
  readonly sessionName: string;
  /** AWS's default, an hour, unless given. */
  readonly durationSeconds?: number;
  /** JSON that narrows what the session may do, as `policyArns`. */
  readonly policy?: string;
  readonly policyArns?: readonly string[];
}

/** What AssumeRole is asked for. */
export interface AssumedRole extends TokenRole {
  readonly durationSeconds: number;
  readonly externalId?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly transitiveTagKeys?: readonly string[];
  readonly sourceIdentity?: string;
}

export type WebIdentityToken =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'file'; readonly path: string };

/** Where credentials are looked for and asked for. */
export interface CredentialLookup {
  /** The token service, which hands out roles. */
  readonly sts: { readonly region: string; readonly endpoint?: string };
  readonly ssoEndpoint?: string;
  /** The shared configuration files, in the order in which they are read. The usual one unless given. */
  readonly configFiles?: readonly string[];
  /** The metadata service of an EC2 instance. */
  readonly metadata?: {
    readonly endpoint?: string;
    readonly endpointMode?: 'IPv4' | 'IPv6';
    /** Whether it is asked at all; the environment says unless given. */
    readonly enabled?: boolean;
  };
}

/** In which accounts anything may be touched: in these alone, or in all but these. */
export interface AccountRule {
  readonly kind: 'allowed' | 'forbidden';
  readonly ids: readonly string[];
}

/** A key pair, with the session token of a temporary one. */
export interface AccessKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** Which lock it is. */
export interface LockChoice {
  readonly lock: LockKind;
  readonly scope: LockScope;
}

/** Which lock is taken, and how. */
export interface Locking extends LockChoice {
  readonly timeoutMs: number;
}

export type LockKind =
  | { readonly kind: 'none' }
  | { readonly kind: 'dynamodb'; readonly table: string }
  | { readonly kind: 'lockfile' }
  | { readonly kind: 'both'; readonly table: string };

export type LockScope =
  /** Terraform's own lock. With the flag, Terraform in this job is told not to ask for it. */
  | { readonly kind: 'state'; readonly terraformLockFlag: boolean }
  /** A lock beside it, see docs/architecture.md. */
  | { readonly kind: 'pipeline' };

/** When snapshots are taken, and where they are kept. */
export interface Backup extends SnapshotPlace {
  readonly phases: readonly ('before' | 'after')[];
  /** Absent where nothing is ever to be removed. */
  readonly retention?: Retention;
}

/** Which snapshots are kept: those that any rule keeps. The rules are restic's. */
export interface Retention {
  /** At least one. */
  readonly rules: readonly RetentionRule[];
  /** Nothing is removed, and what would be is told. */
  readonly dryRun: boolean;
}

/**
 * Of each period one snapshot, its newest; or each snapshot, as if it were a period of its own.
 *
 * @see https://restic.readthedocs.io/en/v0.18.0/060_forget.html#removing-snapshots-according-to-a-policy
 */
export type RetentionRule =
  /** Of the newest periods that have snapshots, so many. */
  | { readonly kind: 'count'; readonly per: 'snapshot' | Period; readonly count: Count }
  /** Of those that are newer than this, counted back from the newest snapshot. */
  | { readonly kind: 'within'; readonly per: 'snapshot' | Period; readonly duration: CalendarDuration };

/** In UTC; a week is one of ISO 8601. */
export type Period = 'hour' | 'day' | 'week' | 'month' | 'year';

/** At least 1. */
export type Count = number | 'unlimited';

/** Whole numbers, 0 or more, and not all of them 0. */
export interface CalendarDuration {
  readonly years: number;
  readonly months: number;
  readonly days: number;
  readonly hours: number;
}

/** Where snapshots are kept. */
export interface SnapshotPlace extends SnapshotKeeping {
  readonly bucket: string;
  /** Ends with `/`. */
  readonly prefix: string;
  readonly region: string;
  readonly s3Endpoint?: string;
  readonly kmsKeyId?: string;
}

/** Who asks for the snapshots, and how their objects are written. */
export interface SnapshotKeeping {
  /** Who asks for the states asks for the snapshots too unless given. */
  readonly signer?: SnapshotSigner;
  readonly objectLock?: ObjectLockRule;
  /** The store's default unless given. */
  readonly storageClass?: StorageClass;
  readonly tags?: Readonly<Record<string, string>>;
}

export type SnapshotSigner =
  | ({ readonly kind: 'keys' } & AccessKey)
  /** Assumed with the credentials that ask for the states. */
  | { readonly kind: 'role'; readonly role: AssumedRole };

/** How long each snapshot is locked, counted from when it is taken. */
export interface ObjectLockRule {
  readonly mode: 'GOVERNANCE' | 'COMPLIANCE';
  readonly retainDays: number;
}

export type StorageClass = 'STANDARD' | 'STANDARD_IA' | 'ONEZONE_IA' | 'INTELLIGENT_TIERING' | 'GLACIER_IR';

/** How AWS is reached, as main found it. */
export interface Reach {
  readonly fips: boolean;
  readonly dualstack: boolean;
  readonly retryMode: RetryMode;
  /** Absolute path of the file whose authorities are trusted, and no others; those of Node.js without it. */
  readonly caBundle?: string;
  /** Absent where nobody names a proxy. */
  readonly proxies?: Proxies;
}

export type RetryMode = 'standard' | 'adaptive';

/** Which way requests go. */
export interface Proxies {
  /** The URL of the proxy for `https://` addresses, with user name and password. */
  readonly https?: string;
  /** The same for `http://` addresses. */
  readonly http?: string;
  /** `https` is that of `http`, because nobody named one: so it is in Terraform, but not in OpenTofu. */
  readonly httpsFromHttp?: true;
  /** The entries of NO_PROXY: what is reached without a proxy. */
  readonly noProxy: readonly string[];
}

/** What post stops before it releases the lock. */
export interface ProcessGuard {
  /** Names of programs beside Terraform and its kin, each a whole base name. */
  readonly guarded: readonly string[];
  /** The longest that post waits for them to stop; without it, all the time that post has. */
  readonly timeoutMs?: number;
}

/** Where the job's Terraform works. */
export interface WorkspaceSettings {
  /** From the runner's workspace, with `/`. Absent where nothing was said: then it may be anywhere in there. */
  readonly workingDirectory?: string;
  readonly unheld: readonly Unheld[];
}

/** What the job touches on purpose without holding it. */
export type Unheld =
  /** A glob of `<bucket>/<state path>`. */
  | { readonly kind: 'state'; readonly glob: string }
  | { readonly kind: 'backend-type'; readonly type: string };
