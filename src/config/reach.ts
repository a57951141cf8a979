import { resolve } from 'node:path';
import type { reachInputs } from './attributes/reach.js';
import { certificatesIn } from './ca-bundle.js';
import { boolean, type Format, filePath, oneOf, type PathContext } from './formats.js';
import type { InputReader } from './input-reader.js';
import { parseProxies } from './proxies.js';
import { quote } from './quoting.js';
import type { Reach, RetryMode } from './settings.js';
import type { ConfigFiles } from './sources/config-files.js';

type ReachReader = InputReader<typeof reachInputs>;

interface Surroundings extends PathContext {
  readonly files: Pick<ConfigFiles, 'read'>;
}

/** How AWS is reached, beside the endpoints. */
export function parseReach(inputs: ReachReader, surroundings: Surroundings): Reach {
  return {
    fips: isOn(inputs, 'use_fips_endpoint'),
    dualstack: isOn(inputs, 'use_dualstack_endpoint'),
    retryMode: inputs.read('retry_mode', retryMode) ?? 'standard',
    caBundle: parseCaBundle(inputs, surroundings),
    proxies: parseProxies(inputs),
  };
}

const retryMode = oneOf<RetryMode, RetryMode>({ standard: 'standard', adaptive: 'adaptive' });

/**
 * An attribute that is false says nothing: the environment and the profile are asked all the same, in both products.
 *
 * @see https://github.com/hashicorp/aws-sdk-go-base/blob/main/aws_config.go commonLoadOptions
 */
function isOn(inputs: ReachReader, name: 'use_fips_endpoint' | 'use_dualstack_endpoint'): boolean {
  const configured = inputs.read(name, boolean, ['input', 'backend_config']);
  return configured || (inputs.read(name, boolean, ['environment', 'profile']) ?? false);
}

/** The file is looked into at once: what is wrong with it must be known before anything is locked. */
function parseCaBundle(inputs: ReachReader, surroundings: Surroundings): string | undefined {
  return inputs.read('custom_ca_bundle', (text) => {
    const path = filePath(surroundings)(text);
    return 'value' in path ? bundleAt(surroundings)(resolve(surroundings.folder ?? '.', path.value)) : path;
  });
}

function bundleAt({ files }: Surroundings): Format<string> {
  return (path) => {
    const bytes = files.read(path);
    if (bytes === undefined) return { expected: 'a file of certificates that can be read', got: quote(path) };
    return certificatesIn(bytes).length > 0
      ? { value: path }
      : { expected: 'a file with a certificate in PEM', got: `${quote(path)}, which has none` };
  };
}
