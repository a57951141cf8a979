import { type HclValue, type KnownValue, NULL } from '../hcl/value.js';
import { topAttribute } from './backend-schema.js';
import { convert } from './conversion.js';
import type { PlacedBlock } from './folder-backend.js';
import type { RecordedConfiguration } from './recorded-configuration.js';
import { exactPlace } from './source-place.js';

/** Terraform refuses to work until `init` has taken in the block anew. What was set on its command line changes no file. */
export function changedSince(
  recorded: RecordedConfiguration,
  found: PlacedBlock & { readonly type: string },
): string | undefined {
  if (found.modifiedAt <= recorded.modifiedAt) return undefined;
  const changed = [...found.block.attributes].find(([name, { value }]) =>
    differ(name, value, recorded.attributes.get(name)),
  );
  if (found.type === 's3' && changed === undefined) return undefined;
  const place = exactPlace(found.path, changed?.[1].position ?? found.block.position);
  return (
    `What ${place} says is not what ${recorded.path} recorded before that file was written. Terraform refuses to work like ` +
    'that: run "terraform init -reconfigure" before this step.'
  );
}

/** Whether two values of an attribute are not the same; what is not known, or has parts, may be. */
function differ(name: string, value: HclValue, recorded: KnownValue = NULL): boolean {
  const [now, then] = [value, recorded].map((each) => textOf(name, each));
  return now !== undefined && then !== undefined && now !== then;
}

/** As `init` records it, where `"1"` is `true`; empty where it is not set. */
function textOf(name: string, value: HclValue): string | undefined {
  const attribute = topAttribute(name);
  const result = attribute && convert(attribute, { value, place: { kind: 'record', path: '' } });
  if (result?.kind === 'null') return '';
  return result?.kind === 'text' ? result.text : undefined;
}

/** An earlier run completed the block in its own way, perhaps for another environment than this one is for. */
export function completedBefore(
  recorded: RecordedConfiguration | undefined,
  { block, path }: PlacedBlock,
): string | undefined {
  if (recorded?.type !== 's3') return undefined;
  const names = [...recorded.attributes.keys()].filter((name) => !block.attributes.has(name));
  if (names.length === 0) return undefined;
  return (
    `The backend block at ${exactPlace(path, block.position)} does not set ${names.map((name) => `"${name}"`).join(', ')}. ` +
    `${recorded.path} does, but was recorded before this job, and this job may run "terraform init" otherwise. Give ` +
    '"backend_config" what "init" is given, or run "terraform init" before this step.'
  );
}
