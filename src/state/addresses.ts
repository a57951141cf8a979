/** JSON as it is written, by key; `undefined` stands for a scalar too long to be sensible. */
export type RawFields = ReadonlyMap<string, string | undefined>;

/**
 * The address of a resource, from the fields `module`, `mode`, `type` and `name` of a state.
 *
 * @returns undefined when the fields name no resource that Terraform would read.
 * @see https://github.com/hashicorp/terraform/blob/main/internal/states/statefile/version4.go prepareStateV4
 */
export function resourceAddress(fields: RawFields): string | undefined {
  const type = textOf(fields.get('type'));
  const name = textOf(fields.get('name'));
  const mode = MODES[fields.get('mode') ?? ''];
  if (!type || !name || mode === undefined || !isTextOrNull(fields, 'module')) return undefined;
  return [textOf(fields.get('module')), mode, type, name].filter(Boolean).join('.');
}

const MODES: Readonly<Record<string, string>> = { '"managed"': '', '"data"': 'data' };

/**
 * What follows a resource's address for one of its instances, from the fields `index_key` and `deposed`: `[0]`,
 * `["key"]`, or nothing, as `terraform state list` prints it. A deposed object, which is replaced but not yet
 * destroyed, has the same address, and is told apart by its key: `(deposed 1a2b3c4d)`.
 *
 * @returns undefined when the fields name no instance that Terraform would read.
 */
export function instanceSuffix(fields: RawFields): string | undefined {
  const index = indexOf(fields);
  if (index === undefined || !isTextOrNull(fields, 'deposed')) return undefined;
  const deposed = textOf(fields.get('deposed'));
  return deposed ? `${index} (deposed ${deposed})` : index;
}

function indexOf(fields: RawFields): string | undefined {
  const text = textOf(fields.get('index_key'));
  if (text !== undefined) return `[${quoted(text)}]`;
  if (isTextOrNull(fields, 'index_key')) return '';
  const number = Number(fields.get('index_key'));
  return Number.isFinite(number) ? `[${Math.trunc(number)}]` : undefined;
}

/** A JSON string decoded; undefined for anything else. Half a surrogate pair reads as it does in Go. */
export function textOf(raw: string | undefined): string | undefined {
  return raw?.startsWith('"') ? (JSON.parse(raw) as string).toWellFormed() : undefined;
}

function isTextOrNull(fields: RawFields, key: string): boolean {
  const raw = fields.get(key);
  return !fields.has(key) || raw === 'null' || raw?.startsWith('"') === true;
}

const ESCAPED: Readonly<Record<string, string>> = {
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '"': '\\"',
  '\\': '\\\\',
  '${': '$${',
  '%{': '%%{',
};

/** What HCL escapes, and what Go's `unicode.IsPrint` refuses. */
const NOT_AS_IT_IS = /[$%]\{|["\\]|[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu;

/**
 * A string as HCL's expression parser reads it.
 *
 * @see https://github.com/hashicorp/terraform/blob/main/internal/addrs/instance_key.go toHCLQuotedString
 */
function quoted(text: string): string {
  return `"${text.replaceAll(NOT_AS_IT_IS, (found) => ESCAPED[found] ?? codePoint(found))}"`;
}

function codePoint(character: string): string {
  const code = (character.codePointAt(0) as number).toString(16);
  return code.length > 4 ? `\\U${code.padStart(8, '0')}` : `\\u${code.padStart(4, '0')}`;
}
