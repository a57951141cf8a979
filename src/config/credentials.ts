import { resolve } from 'node:path';
import type { credentialInputs } from './attributes/credentials.js';
import { filePath, type PathContext, word } from './formats.js';
import { CONFIGURED, type InputReader, type Origin } from './input-reader.js';
import { quote } from './quoting.js';
import type { CredentialSource } from './settings.js';

type CredentialReader = InputReader<typeof credentialInputs>;

const KEY_NAMES = ['access_key', 'secret_key'] as const;
const FILE_NAMES = ['shared_credentials_file', 'aws_creds_path'] as const;

/**
 * Who signs the requests, in the order in which Terraform looks: keys that are inputs, a profile that is an
 * input, keys in the environment, a credentials file that is an input, and then whatever the SDK finds. What stands in
 * `backend_config` counts as an input.
 *
 * Keys in the environment are taken here and not left to the SDK's chain, and a key, a secret and a token come from one
 * place: docs/decisions.md says why.
 * @see https://github.com/hashicorp/aws-sdk-go-base/blob/main/credentials.go
 * @see https://github.com/aws/aws-sdk-go-v2/blob/main/config/resolve_credentials.go
 */
export function parseCredentials(inputs: CredentialReader, context: PathContext): CredentialSource {
  const file = givenFile(inputs, context);
  return (
    givenKeys(inputs) ??
    givenProfile(inputs, file, context) ??
    environmentKeys(inputs) ??
    profileOfFile(inputs, file) ?? { kind: 'ambient' }
  );
}

function givenKeys(inputs: CredentialReader): CredentialSource | undefined {
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

function environmentKeys(inputs: CredentialReader): CredentialSource | undefined {
  const complete = KEY_NAMES.every((name) => inputs.given(name, ['environment']));
  return complete ? keys(inputs, ['environment']) : undefined;
}

function keys(inputs: CredentialReader, origins: readonly Origin[]): CredentialSource {
  return {
    kind: 'keys',
    accessKeyId: inputs.read('access_key', word, origins) ?? '',
    secretAccessKey: inputs.read('secret_key', word, origins) ?? '',
    sessionToken: inputs.read('token', word, origins),
  };
}

function givenProfile(
  inputs: CredentialReader,
  file: string | undefined,
  context: PathContext,
): CredentialSource | undefined {
  const profile = inputs.given('profile', CONFIGURED)?.text;
  if (profile === undefined) return undefined;
  const sharedCredentialsFile =
    file ?? inputs.read('shared_credentials_file', filePath(context), ['environment']);
  return { kind: 'profile', profile, sharedCredentialsFile };
}

/**
 * The profile in a file that is named outright. It goes before AWS_WEB_IDENTITY_TOKEN_FILE, unlike in Terraform:
 * docs/decisions.md says why.
 */
function profileOfFile(inputs: CredentialReader, file: string | undefined): CredentialSource | undefined {
  if (file === undefined) return undefined;
  const profile = inputs.given('profile', ['environment'])?.text ?? 'default';
  return { kind: 'profile', profile, sharedCredentialsFile: file };
}

/**
 * The file under Terraform's name or under Lokomotive's, which hands its own on to Terraform.
 * @see https://github.com/kinvolk/lokomotive/blob/master/pkg/backend/s3/template.go
 */
function givenFile(inputs: CredentialReader, context: PathContext): string | undefined {
  const paths = FILE_NAMES.map((name) => inputs.read(name, filePath(context), ['input']));
  const given = paths.filter((path) => path !== undefined);
  if (new Set(given).size > 1) {
    // As they were written: expanded, they could show what a variable holds.
    const texts = FILE_NAMES.map((name) => quote(inputs.given(name, ['input'])?.text ?? ''));
    inputs.report(
      `Inputs "shared_credentials_file" and "aws_creds_path" must name one file; got ${texts.join(' and ')}.`,
    );
  }
  return given[0] ?? configuredFile(inputs, context);
}

/** A relative path begins where Terraform runs. */
function configuredFile(inputs: CredentialReader, context: PathContext): string | undefined {
  const path = inputs.read('shared_credentials_file', filePath(context), ['backend_config']);
  return path === undefined ? undefined : resolve(context.folder ?? '.', path);
}
