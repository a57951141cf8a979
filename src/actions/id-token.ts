import * as core from '@actions/core';
import { BackendError } from '../job/backend-error.js';
import { mask } from './masking.js';

/** The runner gives both to a job that has the permission `id-token: write`, in every step of it, post steps included. */
const VARIABLES = ['ACTIONS_ID_TOKEN_REQUEST_URL', 'ACTIONS_ID_TOKEN_REQUEST_TOKEN'];

/**
 * An ID token of this job, which lives for some minutes. It is masked.
 *
 * @throws BackendError `no-id-token`
 * @see https://docs.github.com/en/actions/reference/security/oidc#methods-for-requesting-the-oidc-token
 */
export async function mintIdToken(audience: string): Promise<string> {
  if (VARIABLES.some((name) => !process.env[name])) throw new BackendError({ kind: 'no-id-token' });
  try {
    const token = await core.getIDToken(audience);
    mask([token]);
    return token;
  } catch (error) {
    // Over several lines, in the toolkit's words.
    const detail = (error as Error).message.replaceAll(/\s+/g, ' ').trim();
    throw new BackendError({ kind: 'no-id-token', detail }, { cause: error });
  }
}
