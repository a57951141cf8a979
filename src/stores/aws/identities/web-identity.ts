import { readFile } from 'node:fs/promises';
import type { AwsCredentialIdentity } from '@smithy/types';
import type { BaseSource, WebIdentityToken } from '../../../config/settings.js';
import { BackendError } from '../../../job/backend-error.js';
import type { Surroundings } from './surroundings.js';
import { tokenRoleInput, tokenService } from './token-service.js';

type Source<Kind> = Omit<Extract<BaseSource, { kind: Kind }>, 'kind'>;

/** Whom GitHub's ID token is meant for: the name by which AWS's identity provider knows itself. */
const AUDIENCE = 'sts.amazonaws.com';

/** Takes a role with somebody's token. */
export async function withWebIdentity(
  { role, token }: Source<'web-identity'>,
  surroundings: Surroundings,
): Promise<AwsCredentialIdentity> {
  const { assumeRoleWithToken } = tokenService(surroundings);
  const WebIdentityToken = await textOf(token);
  return assumeRoleWithToken('web-identity', { ...tokenRoleInput(role), WebIdentityToken });
}

/** Takes a role with the ID token of this job. The token lives for minutes, so each time another one is minted. */
export async function withJobToken(
  { role }: Source<'job-token'>,
  surroundings: Surroundings,
): Promise<AwsCredentialIdentity> {
  const { assumeRoleWithToken } = tokenService(surroundings);
  const WebIdentityToken = await surroundings.mintIdToken(AUDIENCE, surroundings.over);
  return assumeRoleWithToken('job-token', { ...tokenRoleInput(role), WebIdentityToken });
}

/** Where the token is, to continue a sentence with. */
export const tokenWords = (token: WebIdentityToken) =>
  token.kind === 'text' ? 'the web identity token that was given' : `the web identity token in ${token.path}`;

/** A file is read each time: whoever writes it puts a new token there before the old one ends. */
async function textOf(token: WebIdentityToken): Promise<string> {
  if (token.kind === 'text') return token.text;
  try {
    return (await readFile(token.path, 'utf8')).trim();
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw new BackendError({ kind: 'no-credentials', tried: tokenWords(token), detail }, { cause: error });
  }
}
