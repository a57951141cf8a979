import { readFile } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

/** The token that `${{ github.token }}` stands for in these tests. */
export const GITHUB_TOKEN = 'ghs_test_token';

const PROJECT = fileURLToPath(new URL('..', import.meta.url));

/** What the runner takes from an `action.yml`. */
export interface ActionManifest {
  /** Paths of the scripts. */
  readonly main: string;
  readonly post?: string;
  /** Every declared input with its default; the empty string if it has none. */
  readonly defaults: Readonly<Record<string, string>>;
}

/** The part of the file that is read here. */
interface ManifestFile {
  readonly runs: { readonly main: string; readonly post?: string };
  readonly inputs?: Readonly<Record<string, { readonly default?: unknown } | null>>;
}

/** @param folder of the `action.yml`: absolute, or in the project, such as `restore` */
export async function readManifest(folder: string): Promise<ActionManifest> {
  const base = join(isAbsolute(folder) ? '' : PROJECT, folder);
  const { runs, inputs = {} }: ManifestFile = parse(await readFile(join(base, 'action.yml'), 'utf8'));
  return {
    main: join(base, runs.main),
    ...(runs.post === undefined ? {} : { post: join(base, runs.post) }),
    defaults: Object.fromEntries(
      Object.entries(inputs).map(([name, input]) => [name, evaluate(String(input?.default ?? ''))]),
    ),
  };
}

/** `Bucket name` becomes `INPUT_BUCKET_NAME`, as the runner does it. */
export function inputVariable(name: string): string {
  return `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`;
}

function evaluate(text: string): string {
  const value = text
    .replaceAll(/\$\{\{\s*github\.token\s*\}\}/g, GITHUB_TOKEN)
    .replaceAll(/\$\{\{\s*job\.status\s*\}\}/g, 'success');
  if (value.includes('${{')) throw new Error(`This runner cannot evaluate the default ${text}.`);
  return value;
}
