import { resolve } from 'node:path';
import type { Environment } from '../environment.js';
import { type Given, textOfInput } from '../input-reader.js';
import { Collector, type ReadFile } from './collector.js';
import { readLines } from './lines.js';
import { resolveAttributes } from './resolve-attributes.js';
import type { NamedPlace } from './source-place.js';

/** What the input `backend_config` says. */
export interface BackendConfig {
  /** By the names of inputs. A text is empty only where that says something. */
  readonly values: ReadonlyMap<string, Given>;
  /** Where a relative path in it begins: where Terraform runs. */
  readonly folder: string;
  /** Whole sentences without secrets. If there are any, nothing of `values` may be used. */
  readonly problems: readonly string[];
  /** To be masked before anything else is done: of all that was seen, used or not. */
  readonly secrets: readonly string[];
  readonly remarks: Remarks;
}

/** What a person is told of it. */
export interface Remarks {
  readonly used: readonly (NamedPlace & { readonly overruledBy?: string })[];
  readonly withoutEffect: readonly NamedPlace[];
  /** Lines that something of a shell or a command line was taken off from. */
  readonly cleanedLines: readonly number[];
  /** Texts that begin and end with a quote. */
  readonly quoted: readonly NamedPlace[];
  /** Secrets that stand in a file of the workspace. */
  readonly secretsInWorkspace: readonly NamedPlace[];
}

/**
 * Reads the input `backend_config` as `terraform init` reads the values of `-backend-config`: in order, and the last wins.
 *
 * @see https://github.com/hashicorp/terraform/blob/main/internal/command/init.go backendConfigOverrideBody
 */
export function readBackendConfig(env: Environment, readFile: ReadFile): BackendConfig {
  const workspace = resolve(env['GITHUB_WORKSPACE'] || '.');
  const folder = resolve(workspace, textOfInput(env, 'working_directory'));
  const lines = readLines(env['INPUT_BACKEND_CONFIG'] ?? '');
  const collector = new Collector({ workspace, folder, readFile });
  for (const line of lines) collector.add(line);
  const { given, used, withoutEffect, problems } = resolveAttributes(collector.attributes);
  return {
    values: given,
    folder,
    problems: [...collector.problems, ...problems],
    secrets: [...new Set(collector.secrets)].filter((secret) => secret !== ''),
    remarks: {
      used: used.map(({ name, place, input }) => {
        const text = textOfInput(env, input);
        const differs = text !== '' && text !== given.get(input)?.text;
        return { name, place, ...(differs ? { overruledBy: input } : {}) };
      }),
      withoutEffect,
      cleanedLines: lines.filter(({ cleaned }) => cleaned).map(({ line }) => line),
      quoted: collector.quoted,
      secretsInWorkspace: collector.secretsInWorkspace,
    },
  };
}

/** The environment as if what `backend_config` says had been given as inputs, where no input says otherwise. */
export function asInputs(env: Environment, { values }: Pick<BackendConfig, 'values'>): Environment {
  const unsaid = [...values].filter(([name]) => textOfInput(env, name) === '');
  return {
    ...env,
    ...Object.fromEntries(unsaid.map(([name, { text }]) => [`INPUT_${name.toUpperCase()}`, text])),
  };
}
