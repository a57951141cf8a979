import { existsSync } from 'node:fs';
import { devNull } from 'node:os';
import type { ProfilePlace, SharedProfile } from '../../config/shared-profile.js';

type Section = Readonly<Record<string, string | undefined>>;
type Sections = Readonly<Record<string, Section>>;

/** What a file says of a section replaces what files before it said of it; of all else the first one is heard. */
const REPLACED = ['use_fips_endpoint', 'use_dualstack_endpoint', 'retry_mode', 'max_attempts', 'ca_bundle'];

/**
 * Reads a profile of AWS's shared configuration as the SDK below Terraform reads it. Nothing is loaded where there are no
 * such files.
 *
 * @returns undefined if no file has the profile
 * @see https://github.com/aws/aws-sdk-go-v2/blob/main/config/shared_config.go mergeSections
 */
export async function readSharedProfile(place: ProfilePlace): Promise<SharedProfile | undefined> {
  const { profile: name, configFiles, credentialsFiles } = place;
  if (![...configFiles, ...credentialsFiles].some((path) => existsSync(path))) return undefined;
  const read = await sectionReaders();
  const files = await Promise.all([
    ...configFiles.map(read.config),
    ...credentialsFiles.map(read.credentials),
  ]);
  const sections = files.reduce(merged, {});
  const profile = sections[name];
  if (profile === undefined) return undefined;
  const services = sections[`services.${profile['services']}`] ?? {};
  return { name, settings: withoutEmpty(profile), services: withoutEmpty(services) };
}

/** Sections are called otherwise in the two kinds of files; what the SDK gives of them is not. */
async function sectionReaders() {
  const { loadSharedConfigFiles: load } = await import('@smithy/core/config');
  return {
    config: async (path: string): Promise<Sections> =>
      (await load({ configFilepath: path, filepath: devNull, ignoreCache: true })).configFile,
    credentials: async (path: string): Promise<Sections> =>
      (await load({ configFilepath: devNull, filepath: path, ignoreCache: true })).credentialsFile,
  };
}

function merged(before: Sections, file: Sections): Sections {
  const sections = Object.entries(file).map(([name, section]) => {
    const known = before[name];
    const replaced = Object.entries(section).filter(([key]) => REPLACED.includes(key));
    return [name, known ? { ...known, ...Object.fromEntries(replaced) } : section] as const;
  });
  return { ...before, ...Object.fromEntries(sections) };
}

const withoutEmpty = (section: Section): Record<string, string> =>
  Object.fromEntries(Object.entries(section).flatMap(([key, text]) => (text ? [[key, text]] : [])));
