import { backendInputs } from './attributes/backend.js';
import { reachInputs, sdkEndpoints, sdkVariables } from './attributes/reach.js';
import type { Environment } from './environment.js';
import { boolean } from './formats.js';
import { type Elsewhere, type Given, type InputDeclarations, InputReader } from './input-reader.js';
import type { LockKind, Reach } from './settings.js';
import { profileValues, type SharedProfile } from './shared-profile.js';

/** Where the readers of all slices look. */
export interface Sources {
  readonly env: Environment;
  readonly elsewhere: Elsewhere;
  /** The endpoints that the SDK below Terraform finds by itself are left out. */
  readonly areIgnored: boolean;
}

const NONE: ReadonlyMap<string, Given> = new Map();
const ENDPOINTS: readonly string[] = ['endpoint', 'dynamodb_endpoint', 'sts_endpoint'];

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
    return { env, elsewhere: { backendConfig, profile: values }, areIgnored: false };
  const others = new Map([...values].filter(([name]) => !ENDPOINTS.includes(name)));
  const heard = { ...env, AWS_ENDPOINT_URL: undefined };
  return { env: heard, elsewhere: { backendConfig, profile: others }, areIgnored: true };
}

/** Of what the profile says, the places that nobody goes before. */
export function heardOfProfile(
  env: Environment,
  given: Pick<Elsewhere, 'backendConfig'> & { readonly profile?: SharedProfile },
): string[] {
  const sources = sourcesOf(env, given, []);
  const { profile = NONE } = sources.elsewhere;
  const declarations: InputDeclarations = { ...backendInputs, ...reachInputs };
  const inputs = new InputReader(sources.env, declarations, [], sources.elsewhere);
  const heard = [...profile].filter(
    ([name]) => name in declarations && inputs.given(name)?.origin === 'profile',
  );
  return [...new Set(heard.map(([, { place }]) => place))];
}

/** What is about to be reached, and how. */
interface Reached {
  readonly reach: Pick<Reach, 'fips' | 'dualstack'>;
  readonly lock: LockKind;
}

/**
 * Refuses an endpoint that the SDK of both products finds by itself, where FIPS or dual stack is on: it fails then, even
 * where the configuration of the backend names another. One that only that names, Terraform uses, and so do we.
 */
export function refuseSdkEndpoints(
  sources: Sources,
  { reach: { fips, dualstack }, lock }: Reached,
  problems: string[],
): void {
  const variant = fips ? 'use_fips_endpoint' : dualstack ? 'use_dualstack_endpoint' : undefined;
  if (variant === undefined || sources.areIgnored) return;
  const inputs = new InputReader(sources.env, sdkEndpoints, problems, sources.elsewhere);
  const hasTable = lock.kind === 'dynamodb' || lock.kind === 'both';
  const names = hasTable ? (['endpoint', 'dynamodb_endpoint'] as const) : (['endpoint'] as const);
  const places = names.map((name) => inputs.given(name, ['environment', 'profile'])?.place);
  for (const place of new Set(places.filter((each) => each !== undefined))) {
    inputs.report(
      `${place} must not be set where "${variant}" is on: the AWS SDK of Terraform fails with the two together. ` +
        "An endpoint that the backend's configuration or an input names is used as it stands.",
    );
  }
}
