import { isAbsolute, relative, resolve, sep } from 'node:path';
import type { workspaceInputs } from './attributes/job.js';
import type { Environment } from './environment.js';
import { boolean, type Format } from './formats.js';
import type { InputReader } from './input-reader.js';
import { quote } from './quoting.js';
import type { Unheld, WorkspaceSettings } from './settings.js';

/** Where the job's Terraform works, and what it touches on purpose without this step's lock. */
export function parseWorkspace(
  inputs: InputReader<typeof workspaceInputs>,
  env: Environment,
): WorkspaceSettings {
  return {
    workingDirectory: parseWorkingDirectory(inputs, env),
    unheld: inputs.read('unheld', unheldLines) ?? [],
  };
}

/** Where the job's Terraform works, as its path from the workspace. */
export function parseWorkingDirectory(
  inputs: InputReader<typeof workspaceInputs>,
  env: Environment,
): string | undefined {
  // What it says has had its effect; here a typing mistake in it is told.
  inputs.read('discover', boolean);
  return inputs.read('working_directory', folderIn(env['GITHUB_WORKSPACE'] || '.'));
}

/** A folder in the workspace, read as its path from there, with `/`; the workspace itself is ".". */
function folderIn(workspace: string): Format<string> {
  return (text) => {
    const path = relative(resolve(workspace), resolve(workspace, text));
    const outside = path === '..' || path.startsWith(`..${sep}`) || isAbsolute(path);
    if (outside || /[\p{Cc}]/u.test(text)) return { expected: 'a folder in the workspace' };
    return { value: path.replaceAll(sep, '/') || '.' };
  };
}

const STATE = /^[^/\s][^/]*\/./;
const TYPE = /^[a-z][a-z0-9_-]*$/;

const unheldLines: Format<readonly Unheld[]> = (text) => {
  const lines = text.split('\n').map((line) => line.trim());
  const given = lines.filter((line) => line !== '' && !line.startsWith('#'));
  const wrong = given.find((line) => !STATE.test(line) && (!TYPE.test(line) || line === 's3'));
  if (wrong !== undefined) {
    return {
      expected:
        'lines of "<bucket>/<state path>", in which * and ** may stand, or of a backend type other than s3',
      got: quote(wrong),
    };
  }
  return {
    value: given.map((line) =>
      TYPE.test(line) ? { kind: 'backend-type', type: line } : { kind: 'state', glob: line },
    ),
  };
};
