import { existsSync } from 'node:fs';
import type { ProfilePlace, SharedProfile } from '../../config/shared-profile.js';

type Section = Readonly<Record<string, string | undefined>>;
type Sections = Readonly<Record<string, Section>>;

/** Of a section that stands in both files, these are taken from the credentials file too, where they go first. */
const MERGED = ['use_fips_endpoint', 'use_dualstack_endpoint', 'retry_mode', 'max_attempts', 'ca_bundle'];

/**
 * Reads a profile of AWS's shared configuration as the SDK below Terraform reads it. Nothing is loaded where there are no
 * such files.
 *
 * @returns undefined if no file has the profile
 * @see https://github.com/aws/aws-sdk-go-v2/blob/main/config/shared_config.go mergeSections
 */
export async function readSharedProfile(place: ProfilePlace): Promise<SharedProfile | undefined> {
  const { profile: name, configFile, credentialsFile } = place;
  if (![configFile, credentialsFile].some((path) => existsSync(path))) return undefined;
  const { loadSharedConfigFiles } = await import('@smithy/core/config');
  const files = await loadSharedConfigFiles({
    configFilepath: configFile,
    filepath: credentialsFile,
    ignoreCache: true,
  });
  const profile = merged(files.configFile[name], files.credentialsFile[name]);
  if (profile === undefined) return undefined;
  const services = servicesIn(files.configFile, profile) ?? servicesIn(files.credentialsFile, profile) ?? {};
  return { name, settings: withoutEmpty(profile), services: withoutEmpty(services) };
}

function merged(inConfig: Section | undefined, inCredentials: Section | undefined): Section | undefined {
  if (inConfig === undefined || inCredentials === undefined) return inConfig ?? inCredentials;
  const added = Object.entries(inCredentials).filter(([key]) => MERGED.includes(key));
  return { ...inConfig, ...Object.fromEntries(added) };
}

const servicesIn = (sections: Sections, { services }: Section): Section | undefined =>
  sections[`services.${services}`];

const withoutEmpty = (section: Section): Record<string, string> =>
  Object.fromEntries(Object.entries(section).flatMap(([key, text]) => (text ? [[key, text]] : [])));
