import type { HclValue, KnownValue } from '../hcl/value.js';
import { proxySecrets } from '../proxies.js';
import { BACKEND_ATTRIBUTES, type BackendAttribute, partNames } from './backend-schema.js';
import { NAME_AND_REST } from './name-problems.js';

/** What must not be seen of the text that a line sets an attribute to, however it is mistyped. */
export function secretsInText(attribute: BackendAttribute, text: string): string[] {
  if (attribute.secret) return forms(attribute, text);
  const parts = partNames(attribute.name).map((part) => BACKEND_ATTRIBUTES.get(`${attribute.name}.${part}`));
  return parts.some((part) => part?.secret && text.includes(part.name.slice(attribute.name.length + 1)))
    ? [text]
    : [];
}

/** What must not be seen of a value. */
export function secretsInValue(attribute: BackendAttribute, value: HclValue): string[] {
  if (attribute.secret) return textsIn(value).flatMap((text) => forms(attribute, text));
  if (value.kind !== 'object') return [];
  return [...value.entries].flatMap(([name, part]) => {
    const nested = BACKEND_ATTRIBUTES.get(`${attribute.name}.${name}`);
    return nested === undefined ? [] : secretsInValue(nested, part);
  });
}

/** What must not be seen of a line that was taken for a file, because it has no `=`. */
export function secretsInFileLine(path: string): string[] {
  const [, name = '', rest = ''] = NAME_AND_REST.exec(path) ?? [];
  const attribute = BACKEND_ATTRIBUTES.get(name);
  return attribute === undefined ? [] : secretsInText(attribute, rest);
}

/** The text, also without white space and quotes around it; of a proxy's address only the login. */
function forms({ name }: BackendAttribute, text: string): string[] {
  const bare = text.trim().replace(/^(["'])(.*)\1$/s, '$2');
  return name.endsWith('_proxy') ? proxySecrets(bare) : [text, text.trim(), bare];
}

function textsIn(value: HclValue): string[] {
  switch (value.kind) {
    case 'string':
    case 'number':
      return [value.text];
    case 'bool':
    case 'null':
    case 'unknown':
      return [];
    case 'tuple':
      return value.items.flatMap(textsIn);
    case 'object':
      return [...value.entries.values()].flatMap((each: KnownValue) => textsIn(each));
  }
}
