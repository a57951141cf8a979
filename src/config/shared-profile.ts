import { join } from 'node:path';
import { credentialInputs } from './attributes/credentials.js';
import { lookupInputs } from './attributes/lookup.js';
import { credentialsFiles } from './credentials.js';
import type { Environment } from './environment.js';
import { type Given, InputReader } from './input-reader.js';
import { configFiles } from './lookup.js';
import { quote } from './quoting.js';
import type { BackendConfig } from './sources/backend-config.js';

/** Which profile of AWS's shared configuration the SDK below Terraform reads, and in which files. */
export interface ProfilePlace {
  readonly profile: string;
  /** In the order in which they are read. */
  readonly configFiles: readonly string[];
  /** Read after those. */
  readonly credentialsFiles: readonly string[];
}

/** What the shared configuration says in a profile. */
export interface SharedProfile {
  readonly name: string;
  /** By the keys of the file. */
  readonly settings: Readonly<Record<string, string>>;
  /** Of the `services` section that the profile names, by service and key, as `s3.endpoint_url`. */
  readonly services: Readonly<Record<string, string>>;
}

interface Surroundings {
  readonly homeDir: string;
  readonly backendConfig?: BackendConfig;
}

/**
 * Where the profile is looked for, also where access keys are given: Terraform reads it then too.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/file-location.html
 */
export function profilePlace(env: Environment, { homeDir, backendConfig }: Surroundings): ProfilePlace {
  // What is wrong with these inputs is told where they are parsed.
  const inputs = new InputReader(env, credentialInputs, [], { backendConfig });
  const lookup = new InputReader(env, lookupInputs, [], { backendConfig });
  const context = { homeDir, env, folder: backendConfig?.folder };
  const inHome = (name: string) => [join(homeDir, '.aws', name)];
  return {
    profile: inputs.given('profile')?.text ?? 'default',
    configFiles: configFiles(lookup, context) ?? inHome('config'),
    credentialsFiles: credentialsFiles(inputs, context) ?? inHome('credentials'),
  };
}

/** What a profile says of inputs and attributes that nobody has said elsewhere, by their names. */
export function profileValues(
  { name, settings, services }: SharedProfile,
  env: Environment,
): ReadonlyMap<string, Given> {
  const said = (key: string): Given | undefined => given(settings[key], `"${key}" of profile ${quote(name)}`);
  const ofService = (service: string) =>
    servicesCount(env, service)
      ? given(
          services[`${service}.endpoint_url`],
          `"endpoint_url" of ${service} in the services of profile ${quote(name)}`,
        )
      : undefined;
  const values: Readonly<Record<string, Given | undefined>> = {
    endpoint: ofService('s3') ?? said('endpoint_url'),
    dynamodb_endpoint: ofService('dynamodb') ?? said('endpoint_url'),
    sts_endpoint: ofService('sts') ?? said('endpoint_url'),
    use_fips_endpoint: said('use_fips_endpoint'),
    use_dualstack_endpoint: said('use_dualstack_endpoint'),
    custom_ca_bundle: said('ca_bundle'),
    retry_mode: said('retry_mode'),
    max_attempts: said('max_attempts'),
    ignore_configured_endpoint_urls: said('ignore_configured_endpoint_urls'),
  };
  return new Map(Object.entries(values).flatMap(([input, value]) => (value ? [[input, value]] : [])));
}

const given = (text: string | undefined, place: string): Given | undefined =>
  text ? { text, place, origin: 'profile' } : undefined;

/**
 * Where `AWS_ENDPOINT_URL` is set, and be it to an empty text, the SDK passes the services of a profile by.
 *
 * @see https://github.com/aws/aws-sdk-go-v2/blob/main/service/s3/api_client.go resolveBaseEndpoint
 */
const servicesCount = (env: Environment, service: string) =>
  env['AWS_ENDPOINT_URL'] === undefined || env[`AWS_ENDPOINT_URL_${service.toUpperCase()}`] !== undefined;
