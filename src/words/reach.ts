import { sameStore } from '../config/placement.js';
import type { BucketPlaces } from '../config/settings.js';
import type { Report } from '../job/report.js';

/** How AWS is reached, for the log; undefined where it is as usual. */
export function reachLine({
  reach: { fips, dualstack, retryMode, caBundle },
}: BucketPlaces): string | undefined {
  const words = [
    ...(fips ? ['FIPS endpoints'] : []),
    ...(dualstack ? ['dual-stack endpoints'] : []),
    ...(caBundle === undefined ? [] : [`trusting ${caBundle} alone`]),
    ...(retryMode === 'standard' ? [] : [`retry_mode ${retryMode}`]),
  ];
  return words.length > 0 ? `AWS: ${words.join(', ')}` : undefined;
}

/** Says what of AWS's shared configuration is followed. */
export function tellProfile(report: Pick<Report, 'info'>, places: readonly string[]): void {
  if (places.length > 0) report.info(`From the shared configuration of AWS: ${places.join('; ')}`);
}

/** Says where Terraform and OpenTofu reach AWS in different ways, so that one of them does it otherwise than this step. */
export function tellReach(report: Pick<Report, 'warning'>, places: BucketPlaces): void {
  const { reach } = places;
  const attributes = [
    ...(reach.fips ? ['"use_fips_endpoint"'] : []),
    ...(reach.dualstack ? ['"use_dualstack_endpoint"'] : []),
  ];
  const services = servicesWithEndpoint(places);
  if (attributes.length > 0 && services.length > 0) {
    report.warning(
      'Endpoint as it stands',
      `The endpoint that is given for ${services.join(' and ')} is used as it stands, without ${attributes.join(' and ')}. ` +
        'So does Terraform; OpenTofu refuses the two together.',
    );
  }
  if (reach.proxies?.httpsFromHttp) {
    report.warning(
      'Proxy for https',
      'The attribute "http_proxy" is set and "https_proxy" is not: requests for https:// go through that proxy too, as in ' +
        'Terraform. OpenTofu sends them straight. Set "https_proxy", and both do the same.',
    );
  }
}

function servicesWithEndpoint({ backend, backup, locking: { lock } }: BucketPlaces): string[] {
  const hasTable = lock.kind === 'dynamodb' || lock.kind === 'both';
  const ofBackups = backup.s3Endpoint && !sameStore(backup.s3Endpoint, backend.s3Endpoint);
  return [
    ...(backend.s3Endpoint ? ['S3'] : []),
    ...(ofBackups ? ['the S3 of the snapshots'] : []),
    ...(hasTable && backend.dynamodbEndpoint ? ['DynamoDB'] : []),
  ];
}
