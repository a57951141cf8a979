export type Normalise = (text: string) => string;

const DURATION = String.raw`\d+(?:ms|[dhms])(?: \d+[hms])?`;
const UUID_V4 = /\b[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}\b/g;
const TIME = /\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g;

/** What is the same each time but for its time: a pattern and what stands for it. */
const VARIABLE: readonly (readonly [RegExp, string])[] = [
  // In the name of a snapshot.
  [/\b\d{8}T\d{6}Z\b/g, '<STAMP>'],
  // In the summary's diagram.
  [/\b\d{13}\b/g, '<EPOCH>'],
  [new RegExp(`\\b(waited|held|after) ${DURATION}`, 'gi'), '$1 <DURATION>'],
  // The age of a lock.
  [new RegExp(`(Z|<TIME>) \\(${DURATION}\\)`, 'g'), '$1 (<DURATION>)'],
  [/^(waited_seconds)=\d+$/gm, '$1=<SECONDS>'],
  // Where in the sources an error came from.
  [/(?:%0A {6}at [^%\n]*)+/g, '%0A      at <STACK>'],
  [/\b(?:[\dA-F]{16}|[\dA-Z]{52})\b/g, '<REQUEST-ID>'],
];

/**
 * Replaces what varies from run to run. IDs and ETags are numbered in the order in which they appear, over all texts
 * that one normaliser is given, so that one that is used twice is seen to be the same.
 *
 * @param options.fixed IDs and times that a test has set, which stay
 * @param options.named texts with names of their own, such as the address of a server
 */
export function newNormaliser({
  fixed,
  named,
}: {
  fixed: readonly string[];
  named: readonly (readonly [text: string, name: string])[];
}): Normalise {
  const numberIds = numbering('ID');
  const numberEtags = numbering('ETAG');
  const unlessFixed = (replace: Normalise) => (text: string) => (fixed.includes(text) ? text : replace(text));
  return (text) => {
    const addressed = named.reduce((rest, [from, to]) => rest.replaceAll(from, to), text);
    const numbered = addressed
      .replace(UUID_V4, unlessFixed(numberIds))
      .replace(/(?<=if-match(?:: | '))"[\da-f]{32}"/g, numberEtags)
      .replace(
        TIME,
        unlessFixed(() => '<TIME>'),
      );
    return VARIABLE.reduce((rest, [pattern, replacement]) => rest.replace(pattern, replacement), numbered);
  };
}

function numbering(name: string): Normalise {
  const known: string[] = [];
  return (text) => {
    if (!known.includes(text)) known.push(text);
    return `<${name}${known.indexOf(text) + 1}>`;
  };
}
