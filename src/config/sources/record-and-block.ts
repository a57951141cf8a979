import type { HclValue, KnownValue } from '../hcl/value.js';
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
    differ(value, recorded.attributes.get(name)),
  );
  if (found.type === 's3' && changed === undefined) return undefined;
  const place = exactPlace(found.path, changed?.[1].position ?? found.block.position);
  return (
    `What ${place} says is not what ${recorded.path} recorded before that file was written. Terraform refuses to work like ` +
    'that: run "terraform init -reconfigure" before this step.'
  );
}

/** Whether two values are not the same; what is not known may be. */
function differ(value: HclValue, recorded: KnownValue | undefined): boolean {
  if (value.kind === 'unknown' || value.kind === 'tuple' || value.kind === 'object') return false;
  return (textOf(value) ?? '') !== (textOf(recorded) ?? '');
}

function textOf(value: KnownValue | undefined): string | undefined {
  switch (value?.kind) {
    case 'string':
    case 'number':
      return value.text;
    case 'bool':
      return String(value.value);
    case 'null':
    case 'tuple':
    case 'object':
    case undefined:
      return undefined;
  }
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
