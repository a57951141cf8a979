import type { Remarks } from '../config/sources/backend-config.js';
import { type NamedPlace, placeWords } from '../config/sources/source-place.js';
import type { Report } from '../job/report.js';

/** Says what came from where in the configuration of the backend, and what is odd about it; never a secret. */
export function tellBackendConfig(report: Report, remarks: Remarks): void {
  for (const line of backendConfigLines(remarks)) report.info(line);
  if (remarks.differences.length > 0) {
    report.warning(
      'Another backend',
      `The configuration in the workspace is not what this step was given. ${remarks.differences.join(' ')} ${WHOSE}`,
    );
  }
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

const WHOSE =
  'If Terraform runs there, this step is about another state than it, or about another lock. If it runs elsewhere, say where ' +
  'with "working_directory", or that nothing is to be looked for with "discover: false".';

function backendConfigLines({ used, withoutEffect, cleanedLines }: Remarks): string[] {
  const words = used.map(({ overruledBy, ...each }) =>
    overruledBy === undefined ? withPlace(each) : `${withPlace(each)}, but input "${overruledBy}" wins`,
  );
  return [
    ...cleanedLines.map(
      (line) =>
        `Line ${line} of input "backend_config" has what a shell would take off (quotes around it, or -backend-config=): it is read without that.`,
    ),
    ...(words.length > 0 ? [`From the configuration: ${words.join('; ')}`] : []),
    ...(withoutEffect.length > 0
      ? [`Without effect in Lockkeeper: ${withoutEffect.map(withPlace).join('; ')}`]
      : []),
  ];
}

const withPlace = ({ name, place }: NamedPlace) => `${name} (${placeWords(place)})`;
