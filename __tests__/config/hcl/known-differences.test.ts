import { expect, test } from '@jest/globals';
import { readExpression } from '../../../src/config/hcl/hcl.js';
import { oracleForm } from '../../../testing/hcl-forms.js';
import { KNOWN_DIFFERENCES } from './known-differences.js';

/** What HashiCorp's parser makes of them is seen in the interop suite. */
test.each(KNOWN_DIFFERENCES)('ours: $text', ({ text, ours }) => {
  const reading = readExpression(text);
  expect(reading.kind === 'read' ? oracleForm(reading.what) : reading.because).toEqual(ours);
});
