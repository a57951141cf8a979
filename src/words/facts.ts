import { code, type Span, strong, type Text } from '../job/blocks.js';

/** In UTF-16 code units: S3's longest key, and the bucket before it. */
const LONGEST_LOCATION = 1_200;

/** An item of a list, and not of a table: on a phone its long values are broken, and nothing has to be scrolled. */
export function fact(name: string, value: Text): Text {
  return [strong(`${name}:`), ' ', value].flat();
}

export function location(bucket: string, key: string): Span {
  return code(`s3://${bucket}/${key}`, LONGEST_LOCATION);
}

/** Facts as one line: `a · b · c`. */
export function inOneLine(facts: readonly Text[]): Text {
  return facts.flatMap((each, index) => (index === 0 ? each : [' · ', each].flat()));
}
