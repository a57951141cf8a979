import { styleText } from 'node:util';

/** How text looks in a terminal; as it is where there are no colours. */
export type Style = (format: 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan', text: string) => string;

/**
 * Colours where a person looks on, and has not said otherwise.
 *
 * @see https://no-color.org
 */
export function styleFor(
  stream: { readonly isTTY?: boolean },
  env: Readonly<Record<string, string | undefined>>,
): Style {
  const isColoured = stream.isTTY === true && !env['NO_COLOR'] && env['TERM'] !== 'dumb';
  return (format, text) =>
    isColoured && text !== '' ? styleText(format, text, { validateStream: false }) : text;
}
