import { resolve } from 'node:path';
import type { lookupInputs } from './attributes/lookup.js';
import { regionName } from './aws-names.js';
import { boolean, endpoint, filePath, oneOf, type PathContext } from './formats.js';
import type { InputReader } from './input-reader.js';
import { textSet } from './role-formats.js';
import type { CredentialLookup } from './settings.js';

type LookupReader = InputReader<typeof lookupInputs>;

const ENDPOINT_MODES = { IPv4: 'IPv4', IPv6: 'IPv6' } as const;

/**
 * Where credentials are looked for and asked for.
 *
 * @param region That of the state, in which the token service is asked too unless something else is said.
 */
export function parseLookup(inputs: LookupReader, region: string, context: PathContext): CredentialLookup {
  const skipsMetadata = inputs.read('skip_metadata_api_check', boolean);
  return {
    sts: {
      region: inputs.read('sts_region', regionName) ?? region,
      endpoint: inputs.read('sts_endpoint', endpoint),
    },
    ssoEndpoint: inputs.read('endpoints.sso', endpoint),
    configFiles: configFiles(inputs, context),
    metadata: {
      endpoint: inputs.read('ec2_metadata_service_endpoint', endpoint),
      endpointMode: inputs.read('ec2_metadata_service_endpoint_mode', oneOf(ENDPOINT_MODES)),
      enabled: skipsMetadata === undefined ? undefined : !skipsMetadata,
    },
  };
}

/** Undefined where nobody names any. */
export function configFiles(inputs: LookupReader, context: PathContext): readonly string[] | undefined {
  if (inputs.given('shared_config_files')?.origin === 'environment') {
    const path = inputs.read('shared_config_files', filePath(context));
    return path === undefined ? undefined : [path];
  }
  return inputs.read('shared_config_files', filePaths(context));
}

/** Paths of the backend's configuration; a relative one begins where Terraform runs. An empty list is none. */
export function filePaths(context: PathContext) {
  return (text: string) => {
    const list = textSet(text);
    if (!('value' in list)) return list;
    const paths: string[] = [];
    for (const each of list.value) {
      const path = filePath(context)(each);
      if (!('value' in path)) return path;
      paths.push(resolve(context.folder ?? '.', path.value));
    }
    return { value: paths.length > 0 ? paths : undefined };
  };
}
