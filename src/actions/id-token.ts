import { HttpClient, type HttpClientError } from '@actions/http-client';
import { BearerCredentialHandler } from '@actions/http-client/lib/auth';
import { BackendError } from '../job/backend-error.js';
import { mask } from './masking.js';

/** In milliseconds. The toolkit's own function waits three minutes, of the four that post has. */
const SILENCE_MS = 10_000;

/** While the service is out of order, for some seconds. */
const PATIENCE = { allowRetries: true, maxRetries: 8, socketTimeout: SILENCE_MS };

/**
 * An ID token of this job, which lives for some minutes. It is masked. The runner tells a job that has the permission
 * `id-token: write` where to ask and how, in every step of it, post steps included.
 *
 * @param signal Gives up.
 * @throws BackendError `no-id-token`
 * @see https://docs.github.com/en/actions/reference/security/oidc#methods-for-requesting-the-oidc-token
 */
export async function mintIdToken(audience: string, signal?: AbortSignal): Promise<string> {
  const { ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: bearer } = process.env;
  if (!url || !bearer) throw new BackendError({ kind: 'no-id-token' });
  const client = new HttpClient('lockkeeper', [new BearerCredentialHandler(bearer)], PATIENCE);
  const giveUp = () => client.dispose();
  signal?.addEventListener('abort', giveUp);
  try {
    const address = `${url}&audience=${encodeURIComponent(audience)}`;
    const { result } = await client.getJson<{ readonly value?: string }>(address);
    if (!result?.value) throw new Error('There is no token in its answer.');
    mask([result.value]);
    return result.value;
  } catch (error) {
    throw new BackendError({ kind: 'no-id-token', detail: detailOf(error as Error) }, { cause: error });
  } finally {
    signal?.removeEventListener('abort', giveUp);
    giveUp();
  }
}

function detailOf(error: Error & Partial<HttpClientError>): string {
  return error.statusCode === undefined ? error.message : `HTTP ${error.statusCode}: ${error.message}`;
}
