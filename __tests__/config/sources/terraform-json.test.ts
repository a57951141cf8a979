import { describe, expect, test } from '@jest/globals';
import { readTerraformJsonBackends } from '../../../src/config/sources/terraform-json.js';

/** The types of what is found, with the names that are set, and the line and column of each. */
function found(text: string) {
  const reading = readTerraformJsonBackends(text);
  if (reading.kind === 'refused')
    return `${reading.position.line}:${reading.position.column} ${reading.because}`;
  const { backends, clouds } = reading.what;
  return [...backends, ...clouds].map(({ type, labels, attributes, position }) =>
    [type, ...labels, ...attributes.keys(), `${position.line}:${position.column}`].join(' '),
  );
}

describe('blocks are found where JSON can have them', () => {
  test.each<[string, readonly string[]]>([
    ['{}', []],
    ['[{"terraform": {}}]', []],
    ['{"terraform": null}', []],
    ['{"terraform": {"backend": {"s3": {"key": "k"}}}}', ['backend s3 key 1:28']],
    ['{"terraform": [{"backend": [{"s3": [{"key": "k"}]}]}]}', ['backend s3 key 1:30']],
    ['{"terraform": {"backend": {"//": "why", "s3": {"//": "why", "key": "k"}}}}', ['backend s3 key 1:41']],
    ['{"terraform": {"backend": {"s3": {}, "gcs": {}}}}', ['backend s3 1:28', 'backend gcs 1:38']],
    [
      '{"terraform": {"backend": {"s3": {}}},\n "terraform": {"backend": {"s3": {}}}}',
      ['backend s3 1:28', 'backend s3 2:28'],
    ],
    ['{"terraform": {"cloud": {"organization": "o"}}}', ['cloud 1:16']],
    [
      '{"resource": {"x": {"y": {"v": "\u0024{z}"}}}, "terraform": {"backend": {"s3": {}}}}',
      ['backend s3 1:69'],
    ],
  ])('%s', (text, blocks) => expect(found(text)).toEqual(blocks));
});

test('what is no object, or has a template in the backend, is refused at its place', () => {
  expect(found('{"terraform": {"backend": "s3"}}')).toBe(
    '1:27 An object, or a list of objects, is required here.',
  );
  expect(found('{"terraform":\n 1}')).toBe('2:2 An object, or a list of objects, is required here.');
  expect(found('{"terraform": {"backend": {"s3": {"key": "\u0024{x}"}}}}')).toBe(
    '1:42 Terraform and OpenTofu read "\u0024{" and "%{" in JSON differently. Write HCL.',
  );
  expect(found('{"terraform": {"backend": {"s3": {"key": "a", "key": "b"}}}}')).toBe(
    '1:47 This name is set already. Each may be set only once.',
  );
});

test.each(['y', 'ā'])('a text of many megabytes of %s is read', (letter) => {
  const text = `{"locals": {"x": "${letter.repeat(12_000_000)}"}, "terraform": {"backend": {"s3": {}}}}`;
  expect(found(text)).toEqual([expect.stringMatching(/^backend s3 1:/)]);
});
