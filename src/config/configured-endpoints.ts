import type { backendInputs } from './attributes/backend.js';
import { sdkVariables } from './attributes/reach.js';
import type { Environment } from './environment.js';
import { boolean } from './formats.js';
import { type Elsewhere, type Given, InputReader } from './input-reader.js';
import type { LockKind, Reach } from './settings.js';
import { profileValues, type SharedProfile } from './shared-profile.js';

/** Where the readers of all slices look. */
export interface Sources {
  readonly env: Environment;
  readonly elsewhere: Elsewhere;
}

const NONE: ReadonlyMap<string, Given> = new Map();
const ENDPOINTS: readonly string[] = ['endpoint', 'dynamodb_endpoint'];

/**
 * The environment and the profile, without the endpoints that are to be ignored. Those that Terraform reads before its SDK
 * does, as `AWS_ENDPOINT_URL_S3`, count all the same.
 *
 * @param problems - the list that faults are added to
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 */
export function sourcesOf(
  env: Environment,
  { backendConfig, profile }: Pick<Elsewhere, 'backendConfig'> & { readonly profile?: SharedProfile },
  problems: string[],
): Sources {
  const values = profile ? profileValues(profile, env) : NONE;
  const sdk = new InputReader(env, sdkVariables, problems, { profile: values });
  if (!sdk.read('ignore_configured_endpoint_urls', boolean))
    return { env, elsewhere: { backendConfig, profile: values } };
  const others = new Map([...values].filter(([name]) => !ENDPOINTS.includes(name)));
  return { env: { ...env, AWS_ENDPOINT_URL: undefined }, elsewhere: { backendConfig, profile: others } };
}

/** What is about to be reached, and how. */
interface Reached {
  readonly inputs: InputReader<typeof backendInputs>;
  readonly reach: Pick<Reach, 'fips' | 'dualstack'>;
  readonly lock: LockKind;
}

/**
 * Refuses an endpoint for all services together with the endpoints that AWS has for FIPS and dual stack, as both products
 * do. One for a single service they do not refuse alike: Terraform uses it, and so do we.
 */
export function refuseEndpointForAll({ inputs, reach: { fips, dualstack }, lock }: Reached): void {
  const variant = fips ? 'use_fips_endpoint' : dualstack ? 'use_dualstack_endpoint' : undefined;
  if (variant === undefined) return;
  const hasTable = lock.kind === 'dynamodb' || lock.kind === 'both';
  const given = [inputs.given('endpoint'), hasTable ? inputs.given('dynamodb_endpoint') : undefined];
  const places = given.filter(isForAll).map(({ place }) => place);
  for (const place of new Set(places)) {
    inputs.report(
      `${place} must not be set where "${variant}" is on: Terraform refuses an endpoint for all services together with it. ` +
        'Give each service its own, by "endpoint" and "dynamodb_endpoint".',
    );
  }
}

const isForAll = (given: Given | undefined): given is Given =>
  given?.origin === 'profile' || given?.variable === 'AWS_ENDPOINT_URL';
