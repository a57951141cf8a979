import type { AccessKey, BucketPlaces } from './settings.js';

/** What leads a Terraform or an OpenTofu to where a drill restores states. */
export interface DrillBackend {
  /** A whole configuration, as JSON: a backend, and nothing that needs a provider. It holds no secret. */
  readonly configuration: string;
  /** The variables of the client's environment that lead it there; those of the credentials are made for each command. */
  readonly environment: Readonly<Record<string, string>>;
}

/** Where the states of a drill are. */
export interface DrillFolder {
  /** The `workspace_key_prefix`: each state is a workspace below it. */
  readonly folder: string;
  /** The last part of each path. */
  readonly key: string;
}

/**
 * The backend is made of the inputs, as Terraform's own would be. Endpoints, proxies and keys go by the environment: so they are
 * understood by every version, and the configuration can be read by anybody.
 *
 * @see https://developer.hashicorp.com/terraform/language/backend/s3
 */
export function drillBackend(
  { backend, locking, reach }: BucketPlaces,
  { folder, key }: DrillFolder,
): DrillBackend {
  const { bucket, region, usePathStyle, encryption, s3Endpoint, dynamodbEndpoint } = backend;
  const { lock } = locking;
  const s3 = {
    bucket,
    key,
    region,
    workspace_key_prefix: folder,
    skip_credentials_validation: true,
    skip_requesting_account_id: true,
    skip_metadata_api_check: true,
    skip_region_validation: true,
    ...(usePathStyle && { use_path_style: true }),
    ...(encryption.kind === 'customer-key' && { encrypt: true }),
    ...((lock.kind === 'dynamodb' || lock.kind === 'both') && { dynamodb_table: lock.table }),
  };
  const { proxies } = reach;
  return {
    configuration: JSON.stringify({ terraform: { backend: { s3: literal(s3) } } }),
    environment: given({
      AWS_SSE_CUSTOMER_KEY: encryption.kind === 'customer-key' ? encryption.keyBase64 : undefined,
      // The later names are those of Terraform before 1.6, and of OpenTofu of that time.
      AWS_ENDPOINT_URL_S3: s3Endpoint,
      AWS_S3_ENDPOINT: s3Endpoint,
      AWS_ENDPOINT_URL_DYNAMODB: dynamodbEndpoint,
      AWS_DYNAMODB_ENDPOINT: dynamodbEndpoint,
      AWS_USE_FIPS_ENDPOINT: reach.fips ? 'true' : undefined,
      AWS_USE_DUALSTACK_ENDPOINT: reach.dualstack ? 'true' : undefined,
      AWS_CA_BUNDLE: reach.caBundle,
      HTTPS_PROXY: proxies?.https,
      HTTP_PROXY: proxies?.http,
      NO_PROXY: proxies?.noProxy.join(',') || undefined,
    }),
  };
}

/** What a command signs with. */
export function credentialVariables({
  accessKeyId,
  secretAccessKey,
  sessionToken,
}: AccessKey): Readonly<Record<string, string>> {
  return given({
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
  });
}

function given(variables: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> {
  const entries = Object.entries(variables).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return Object.fromEntries(entries);
}

/**
 * In JSON too, Terraform reads a text as a template.
 *
 * @see https://developer.hashicorp.com/terraform/language/syntax/json#expression-mapping
 */
function literal(
  values: Readonly<Record<string, string | boolean>>,
): Readonly<Record<string, string | boolean>> {
  const entries = Object.entries(values).map(([name, value]) => [
    name,
    typeof value === 'string' ? value.replaceAll(/[$%](?=\{)/g, '$&$&') : value,
  ]);
  return Object.fromEntries(entries);
}
