import type { verifyInputs } from './attributes/verify.js';
import { boolean, type Format, oneOf, wholeNumber } from './formats.js';
import type { InputReader } from './input-reader.js';
import { quote } from './quoting.js';
import type { Verification } from './settings.js';

/** How deep the snapshots are looked at, and what of it is known already. */
export function parseVerification(
  inputs: InputReader<typeof verifyInputs>,
): Omit<Verification, 'concurrency'> {
  const others = inputs.read('sample_size', wholeNumber);
  const kind = inputs.read('depth', depthKind);
  return {
    depth: kind === 'sample' ? { kind, others } : { kind },
    acknowledged: inputs.read('acknowledged', keyLines) ?? [],
    drill: inputs.read('drill', boolean),
  };
}

const depthKind = oneOf<Verification['depth']['kind']>({ newest: 'newest', sample: 'sample', all: 'all' });

/** Lines of keys, each as it is. */
const keyLines: Format<readonly string[]> = (text) => {
  const lines = text.split('\n').map((line) => line.trim());
  const given = lines.filter((line) => line !== '' && !line.startsWith('#'));
  const wrong = given.find((line) => line.startsWith('/') || /^s3:\/\//.test(line) || /\p{Cc}/u.test(line));
  return wrong === undefined
    ? { value: [...new Set(given)] }
    : {
        expected: 'lines of keys, as the findings have them: without a bucket and without "/" first',
        got: quote(wrong),
      };
};
