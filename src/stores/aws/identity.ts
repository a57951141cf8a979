import type { AwsCredentialIdentity } from '@smithy/types';
import type { AccessKey } from '../../config/settings.js';
import { BackendError } from '../../job/backend-error.js';

export type Provider = () => Promise<AwsCredentialIdentity>;

/** Who the requests are signed as. */
export interface Identity {
  /** Asked by the SDK before a request; it caches the answer until its expiration. */
  provide(): Promise<AwsCredentialIdentity>;
  /** Where the credentials are looked for, for the error that says that there are none. */
  readonly described: string;
  /** Called when the service does not take the credentials any more; from then on `provide` gives others. */
  renew?(): void;
  /** Whether `provide` gives those of another by now. What they do not find may be there all the same, out of their sight. */
  isAnother?(): boolean;
  /** Who asks for the snapshots, where that is somebody else. */
  readonly forBackups?: Identity;
}

/**
 * Looks the credentials up, in the form in which main hands them to post.
 *
 * @throws BackendError if there are none, saying where they were looked for
 */
export async function resolveCredentials({ provide, described }: Identity): Promise<AccessKey> {
  try {
    const { accessKeyId, secretAccessKey, sessionToken } = await provide();
    return { accessKeyId, secretAccessKey, sessionToken };
  } catch (error) {
    if (error instanceof BackendError) throw error;
    const detail = error instanceof Error ? error.message : String(error);
    throw new BackendError({ kind: 'no-credentials', tried: described, detail }, { cause: error });
  }
}
