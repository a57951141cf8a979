/**
 * What a job summary is made of. The stories say what it holds; how it looks, and that none of it is taken for more
 * than text, is the work of whoever renders it. A block that holds nothing is not shown.
 */
export type Block =
  | { readonly kind: 'heading'; readonly text: Text }
  | { readonly kind: 'paragraph'; readonly text: Text }
  | { readonly kind: 'rows'; readonly header?: readonly Text[]; readonly rows: readonly (readonly Text[])[] }
  | { readonly kind: 'list'; readonly items: readonly Text[] }
  /** Folded under its title. */
  | { readonly kind: 'details'; readonly title: PlainText; readonly blocks: readonly Block[] }
  | { readonly kind: 'code'; readonly language: 'diff' | 'sh' | 'yaml'; readonly lines: readonly PlainText[] }
  /** Spans of time on one axis. */
  | { readonly kind: 'chart'; readonly bars: readonly Bar[] };

/** Times are milliseconds since the Unix epoch. */
export interface Bar {
  /** At its left. Begins with a word of ours: one from outside could be a keyword of the diagram's language. */
  readonly name: PlainText;
  /** On it, or beside it where it is too short: a few words. */
  readonly label: PlainText;
  /** `active` for what went well, `crit` for what did not, `done` for what only took its time. */
  readonly tag: 'active' | 'crit' | 'done';
  readonly from: number;
  readonly to: number;
}

/** Spans, one after the other. A line feed begins a new line, also in a table's cell. */
export type Text = Span | readonly Span[];

export type Span =
  | Plain
  /** For what people copy. */
  | { readonly kind: 'code'; readonly text: string; readonly longest?: number }
  | { readonly kind: 'strong'; readonly text: string; readonly longest?: number }
  /** Only its text is shown if `url` is not one of the web. Whether its site is to be trusted, the story knows. */
  | { readonly kind: 'link'; readonly text: string; readonly url: string; readonly longest?: number };

/** Where no other style can be shown. */
export type PlainText = Plain | readonly Plain[];

/**
 * Text without a style. `longest` is in UTF-16 code units, here and in the other spans: longer text is cut where it is
 * rendered, and never before, because a secret that was cut would not be found any more.
 */
export type Plain = string | { readonly kind: 'plain'; readonly text: string; readonly longest?: number };

export function plain(text: string, longest?: number): Plain {
  return { kind: 'plain', text, longest };
}

export function code(text: string, longest?: number): Span {
  return { kind: 'code', text, longest };
}

export function strong(text: string, longest?: number): Span {
  return { kind: 'strong', text, longest };
}

export function link(text: string, url: string, longest?: number): Span {
  return { kind: 'link', text, url, longest };
}

/** Each text on a line of its own. */
export function onLines(texts: readonly Text[]): Text {
  return texts.flatMap((text, index) => (index === 0 ? text : ['\n', text].flat()));
}
