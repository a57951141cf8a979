import { textOf } from './addresses.js';
import { MAX_DEPTH, type ScanResult } from './json-scanner.js';
import { FORMAT_VERSION, type StateHeader, wholeNumber } from './state-header.js';
import type { StateReader } from './state-reader.js';

/**
 * Why Terraform may not read this as a state, a sentence each. Nothing of the state is quoted: where it is no
 * sound state, any part of it may be a secret.
 */
export function doubtsAbout(result: ScanResult, reader: StateReader, header: StateHeader): string[] {
  if (result.kind !== 'complete') return [scanDoubt(result)];
  if (!reader.isObject) return ['The state is JSON, but not an object.'];
  return [
    ...(header.encrypted ? [] : versionDoubts(reader.topLevel.get('version'))),
    ...serialDoubts(reader.topLevel.get('serial')),
    ...(header.lineage ? [] : [lineageDoubt(textOf(reader.topLevel.get('lineage')))]),
    ...[...reader.repeatedKeys].map((key) => `The state has the top-level key "${key}" more than once.`),
    ...resourceDoubts(reader),
  ];
}

function scanDoubt(result: Exclude<ScanResult, { kind: 'complete' }>): string {
  switch (result.kind) {
    case 'empty':
      return 'The state is empty.';
    case 'truncated':
      return `The state breaks off: its JSON is unfinished after ${result.length} bytes.`;
    case 'invalid':
      return `The state is not JSON: it goes wrong at byte offset ${result.offset}.`;
    case 'trailing':
      return `Something follows the JSON of the state, at byte offset ${result.offset}.`;
    case 'too-deep':
      return `The JSON of the state is nested more than ${MAX_DEPTH} levels deep, at byte offset ${result.offset}.`;
  }
}

function versionDoubts(raw: string | undefined): string[] {
  if (raw === undefined) return ['The state has no format version.'];
  const version = wholeNumber(raw);
  if (version === FORMAT_VERSION) return [];
  if (version === undefined) return ['The format version of the state is not a whole number.'];
  return [`The state has format version ${version}; only version ${FORMAT_VERSION} is understood.`];
}

function lineageDoubt(text: string | undefined): string {
  return text ? 'The lineage of the state is too long to be one.' : 'The state has no lineage.';
}

function serialDoubts(raw: string | undefined): string[] {
  if (raw === undefined) return ['The state has no serial.'];
  if (wholeNumber(raw) !== undefined) return [];
  if (/^\d+$/.test(raw)) return ['The serial of the state is beyond 2^53, too large to be compared exactly.'];
  return ['The serial of the state is not a whole number.'];
}

function resourceDoubts({ resourcesAreAList, unreadable, repeatedAddresses }: StateReader): string[] {
  return [
    ...(resourcesAreAList ? [] : ['The resources of the state are not a list.']),
    ...(unreadable > 0
      ? [`Of the state's resources and instances, ${unreadable} have no address that makes sense.`]
      : []),
    ...(repeatedAddresses > 0
      ? [`Of the state's resource instances, ${repeatedAddresses} repeat another's address.`]
      : []),
  ];
}
