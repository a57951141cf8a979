import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, test } from '@jest/globals';

/** Where `scripts/install-interop-tools.sh` puts them. */
export const TOOLS_FOLDER = fileURLToPath(new URL('../.interop/bin/', import.meta.url));

/** What is installed there, under these names, and the machine's own Java. */
export type InteropTool =
  | 'act'
  | 'aws'
  | 'chromium'
  | 'dynamodb_local'
  | 'github_page'
  | 'hcl_oracle'
  | 'java'
  | 'lokoctl'
  | 'moto_python'
  | 'node24'
  | 'terraform'
  | 'tofu'
  | 'versitygw';

/** The path to start a tool by; of `dynamodb_local`, the folder of its jar, which Java starts, and of `github_page` a folder too. Whether it is there is for `describeWithTools` to ask. */
export function toolPath(tool: InteropTool): string {
  return tool === 'java' ? (javaOnPath() ?? tool) : join(TOOLS_FOLDER, tool);
}

/**
 * As `describe`, for tests that cannot run without these tools. A missing one is a failure in CI, which must never pass
 * by leaving something out, and elsewhere a skip that says so.
 */
export function describeWithTools(name: string, tools: readonly InteropTool[], tests: () => void): void {
  const missing = tools.filter((tool) => !existsSync(toolPath(tool)));
  if (missing.length === 0) {
    describe(name, tests);
    return;
  }
  const message = `${name}: ${missing.join(' and ')} not found. Run scripts/install-interop-tools.sh.`;
  if (process.env['CI'] === 'true') {
    describe(name, () => {
      test('its tools are installed', () => {
        throw new Error(message);
      });
    });
  } else {
    // Past jest, which keeps to itself what a file without a single test that ran has printed.
    process.stderr.write(`SKIPPED ${message}\n`);
    describe.skip(name, tests);
  }
}

function javaOnPath(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.map((folder) => join(folder, 'java')).find((path) => existsSync(path));
}
