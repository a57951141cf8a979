import type { Remarks } from '../config/sources/backend-config.js';
import { type NamedPlace, placeWords, shortPlace } from '../config/sources/source-place.js';
import type { Report } from '../job/report.js';

/** Says what came from the input `backend_config`, from which place of it, and what is odd about it; never a value. */
export function tellBackendConfig(report: Report, remarks: Remarks): void {
  for (const line of backendConfigLines(remarks)) report.info(line);
  for (const { name, place } of remarks.quoted) {
    report.warning(
      'Quotes in a value',
      `The value of "${name}" in ${placeWords(place)} begins and ends with a quote. As for "terraform init", the quotes ` +
        'are a part of it: leave them out if they should not be.',
    );
  }
  for (const { name, place } of remarks.secretsInWorkspace) {
    report.warning(
      'Secret in a file',
      `The secret "${name}" stands in ${placeWords(place)}, a file of the workspace. If that is in the repository, whoever ` +
        'reads the repository has it: keep it in a secret of GitHub, and hand it over as an environment variable.',
    );
  }
}

function backendConfigLines({ used, withoutEffect, cleanedLines }: Remarks): string[] {
  const words = used.map(({ overruledBy, ...each }) =>
    overruledBy === undefined ? withPlace(each) : `${withPlace(each)}, but input "${overruledBy}" wins`,
  );
  return [
    ...cleanedLines.map(
      (line) =>
        `Line ${line} of input "backend_config" has what a shell would take off (quotes around it, or -backend-config=): it is read without that.`,
    ),
    ...(words.length > 0 ? [`From backend_config: ${words.join('; ')}`] : []),
    ...(withoutEffect.length > 0
      ? [`Without effect in Lockkeeper: ${withoutEffect.map(withPlace).join('; ')}`]
      : []),
  ];
}

const withPlace = ({ name, place }: NamedPlace) => `${name} (${shortPlace(place)})`;
