import { readFile } from 'node:fs/promises';
import type { CredentialLookup } from '../../../config/settings.js';

/**
 * Tells the SDK's credential providers where they look. Several of them take that from the environment of the process and
 * from nowhere else, so it is put there, as Terraform's own library does.
 *
 * @param credentialsFiles Where they are known; else the SDK takes the usual one.
 * @see https://github.com/hashicorp/aws-sdk-go-base/blob/main/aws_config.go commonLoadOptions
 */
export async function tellSdk(
  { ssoEndpoint, configFiles, metadata = {} }: CredentialLookup,
  credentialsFiles?: readonly string[],
): Promise<void> {
  const { endpoint, endpointMode, enabled } = metadata;
  const variables = {
    AWS_CONFIG_FILE: configFiles && (await oneFile(configFiles)),
    AWS_SHARED_CREDENTIALS_FILE: credentialsFiles && (await oneFile(credentialsFiles)),
    AWS_ENDPOINT_URL_SSO: ssoEndpoint,
    AWS_EC2_METADATA_SERVICE_ENDPOINT: endpoint,
    AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE: endpointMode,
    AWS_EC2_METADATA_DISABLED: enabled === undefined ? undefined : String(!enabled),
  };
  for (const [name, value] of Object.entries(variables)) if (value !== undefined) process.env[name] = value;
}

/** Ends the section before it, so that what stands in front of a file's first section belongs to none. */
const BETWEEN_FILES = '\n[ ]\n';

/**
 * The path of one file that stands for all: the SDK takes only one. It reads them under the name of the last, one after the
 * other, so that what a later one says wins. A file that does not exist is passed over.
 *
 * @see https://github.com/aws/aws-sdk-go-v2/blob/main/config/shared_config.go loadIniFiles
 */
async function oneFile(paths: readonly string[]): Promise<string> {
  const last = paths[paths.length - 1] ?? '';
  if (paths.length === 1) return last;
  const texts = await Promise.all(paths.map(textOf));
  const { externalDataInterceptor } = await import('@smithy/core/config');
  externalDataInterceptor.interceptFile(last, texts.filter((text) => text !== undefined).join(BETWEEN_FILES));
  return last;
}

async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
