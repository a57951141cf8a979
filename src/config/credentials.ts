import { resolve } from 'node:path';
import type { credentialInputs } from './attributes/credentials.js';
import { filePath, type PathContext, word } from './formats.js';
import { CONFIGURED, type InputReader, type Origin } from './input-reader.js';
import { filePaths } from './lookup.js';
import { quote } from './quoting.js';
import { parseAssumedRole, parseJobTokenRole, parseWebIdentity, type RoleReader } from './roles.js';
import type { BaseSource, CredentialSource } from './settings.js';

type CredentialReader = InputReader<typeof credentialInputs>;

interface Readers {
  readonly inputs: CredentialReader;
  readonly roles: RoleReader;
}

const KEY_NAMES = ['access_key', 'secret_key'] as const;
const FILE_NAMES = ['shared_credentials_file', 'aws_creds_path'] as const;

/** Inputs that say who signs, and so exclude each other with the job's own token. */
const SIGNERS = ['access_key', 'secret_key', 'token', 'profile', ...FILE_NAMES] as const;

/** Who signs the requests: a role, if one is to be assumed, else whose credentials are at hand. */
export function parseCredentials(readers: Readers, context: PathContext): CredentialSource {
  const from = parseBaseSource(readers, context);
  const role = parseAssumedRole(readers.roles, context.env);
  return role ? { kind: 'role', role, from } : from;
}

/**
 * Whose credentials are at hand, in the order in which Terraform looks: keys that are inputs, a web identity, a profile
 * that is an input, keys in the environment, a credentials file that is an input, and then whatever the SDK finds. What
 * stands in `backend_config` counts as an input. The role of the job's own token is no part of that order: who asks for it
 * means it.
 *
 * Keys in the environment are taken here and not left to the SDK's chain, and a key, a secret and a token come from one
 * place: docs/decisions.md says why.
 * @see https://github.com/hashicorp/aws-sdk-go-base/blob/main/credentials.go
 * @see https://github.com/aws/aws-sdk-go-v2/blob/main/config/resolve_credentials.go
 */
function parseBaseSource({ inputs, roles }: Readers, context: PathContext): BaseSource {
  const files = givenFiles(inputs, context);
  const jobToken = parseJobTokenRole(roles, context.env);
  // Also where others go before it: Terraform refuses what is wrong with it all the same.
  const webIdentity = parseWebIdentity(roles, context);
  if (jobToken) {
    for (const name of SIGNERS.filter((each) => inputs.given(each, ['input'])))
      inputs.report(`Inputs "oidc_role_arn" and "${name}" must not both be given: each says who signs.`);
    return jobToken;
  }
  return (
    givenKeys(inputs) ??
    webIdentity ??
    givenProfile(inputs, files, context) ??
    environmentKeys(inputs) ??
    profileOfFiles(inputs, files) ?? { kind: 'ambient' }
  );
}

function givenKeys(inputs: CredentialReader): BaseSource | undefined {
  // Inputs that are complete are not given a token of other keys.
  const complete = KEY_NAMES.every((name) => inputs.given(name, ['input']));
  const origins: readonly Origin[] = complete ? ['input'] : CONFIGURED;
  const given = (['access_key', 'secret_key', 'token'] as const).filter((name) =>
    inputs.given(name, origins),
  );
  if (given.length === 0) return undefined;
  for (const missing of KEY_NAMES.filter((name) => !given.includes(name))) {
    inputs.report(
      `Input "${missing}" is required with "${given[0]}": inputs are not completed from the environment.`,
    );
  }
  return keys(inputs, origins);
}

function environmentKeys(inputs: CredentialReader): BaseSource | undefined {
  const complete = KEY_NAMES.every((name) => inputs.given(name, ['environment']));
  return complete ? keys(inputs, ['environment']) : undefined;
}

function keys(inputs: CredentialReader, origins: readonly Origin[]): BaseSource {
  return {
    kind: 'keys',
    accessKeyId: inputs.read('access_key', word, origins) ?? '',
    secretAccessKey: inputs.read('secret_key', word, origins) ?? '',
    sessionToken: inputs.read('token', word, origins),
  };
}

function givenProfile(
  inputs: CredentialReader,
  files: readonly string[] | undefined,
  context: PathContext,
): BaseSource | undefined {
  const profile = inputs.given('profile', CONFIGURED)?.text;
  if (profile === undefined) return undefined;
  return { kind: 'profile', profile, credentialsFiles: files ?? environmentFile(inputs, context) };
}

/** The files in which a profile is looked for; undefined where nobody names any. */
export function credentialsFiles(
  inputs: CredentialReader,
  context: PathContext,
): readonly string[] | undefined {
  return givenFiles(inputs, context) ?? environmentFile(inputs, context);
}

function environmentFile(inputs: CredentialReader, context: PathContext): readonly string[] | undefined {
  const path = inputs.read('shared_credentials_file', filePath(context), ['environment']);
  return path === undefined ? undefined : [path];
}

/**
 * The profile in files that are named outright. It goes before AWS_WEB_IDENTITY_TOKEN_FILE, unlike in Terraform:
 * docs/decisions.md says why.
 */
function profileOfFiles(
  inputs: CredentialReader,
  files: readonly string[] | undefined,
): BaseSource | undefined {
  if (files === undefined) return undefined;
  const profile = inputs.given('profile', ['environment'])?.text ?? 'default';
  return { kind: 'profile', profile, credentialsFiles: files };
}

/**
 * The file under Terraform's name or under Lokomotive's, which hands its own on to Terraform; else those of the backend.
 * @see https://github.com/kinvolk/lokomotive/blob/master/pkg/backend/s3/template.go
 */
function givenFiles(inputs: CredentialReader, context: PathContext): readonly string[] | undefined {
  const paths = FILE_NAMES.map((name) => inputs.read(name, filePath(context), ['input']));
  const given = paths.filter((path) => path !== undefined);
  if (new Set(given).size > 1) {
    // As they were written: expanded, they could show what a variable holds.
    const texts = FILE_NAMES.map((name) => quote(inputs.given(name, ['input'])?.text ?? ''));
    inputs.report(
      `Inputs "shared_credentials_file" and "aws_creds_path" must name one file; got ${texts.join(' and ')}.`,
    );
  }
  return given[0] === undefined ? configuredFiles(inputs, context) : [given[0]];
}

/**
 * A relative path begins where Terraform runs. Both clients let the variable overrule the older attribute, of one file, and
 * not the newer one.
 *
 * @see https://github.com/hashicorp/terraform/blob/main/internal/backend/remote-state/s3/backend.go Configure
 */
function configuredFiles(inputs: CredentialReader, context: PathContext): readonly string[] | undefined {
  const path = inputs.read('shared_credentials_file', filePath(context), ['backend_config']);
  if (path === undefined) return inputs.read('shared_credentials_files', filePaths(context));
  const overruling = inputs.read('shared_credentials_file', filePath(context), ['environment']);
  return [overruling ?? resolve(context.folder ?? '.', path)];
}
