import { verifyChecksums } from './checksums.js';
import { s3Error } from './errors.js';
import type { S3Request } from './request.js';

/** What an element holds: text, elements by name, or (for an array) several elements of one name. */
export type XmlContent =
  | string
  | number
  | boolean
  | undefined
  | readonly XmlContent[]
  | { readonly [name: string]: XmlContent };

export interface XmlElement {
  readonly name: string;
  readonly text: string;
  readonly children: readonly XmlElement[];
}

const NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';

/** A result document: elements in the order of the object's keys; `undefined` is left out. */
export function renderXml(root: string, content: XmlContent): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="${NAMESPACE}">${renderContent(content)}</${root}>`;
}

/** An error document, which S3 writes without a namespace. */
export function renderErrorXml(content: XmlContent): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Error>${renderContent(content)}</Error>`;
}

function renderContent(content: XmlContent): string {
  if (content === undefined) return '';
  if (typeof content !== 'object') return escapeText(String(content));
  return Object.entries(content)
    .map(([name, value]) => renderElements(name, value))
    .join('');
}

function renderElements(name: string, content: XmlContent): string {
  if (content === undefined) return '';
  if (Array.isArray(content)) return content.map((each: XmlContent) => renderElements(name, each)).join('');
  return `<${name}>${renderContent(content)}</${name}>`;
}

/**
 * The document in a request's body.
 *
 * @throws S3Error `BadDigest`, `InvalidDigest`, `MalformedXML`
 */
export function parseXmlBody({ headers, body }: S3Request): XmlElement {
  verifyChecksums(headers, body);
  return parseXml(body.toString());
}

/** Reads the small documents that clients send: elements and text, but no attributes, comments and CDATA. */
function parseXml(document: string): XmlElement {
  const root = { name: '', text: '', children: [] as XmlElement[] };
  const open = [root];
  for (const [, closing, name, selfClosing, text] of document.matchAll(
    /<(\/?)([\w:.-]+)[^>]*?(\/?)>|([^<]+)/g,
  )) {
    const parent = open.at(-1);
    if (!parent) throw s3Error('MalformedXML');
    if (text !== undefined) parent.text += unescapeText(text);
    else if (closing) open.pop();
    else {
      const element = { name: name ?? '', text: '', children: [] };
      parent.children.push(element);
      if (!selfClosing) open.push(element);
    }
  }
  const [top] = root.children;
  if (!top || open.length !== 1) throw s3Error('MalformedXML');
  return top;
}

export function childrenNamed(element: XmlElement, name: string): XmlElement[] {
  return element.children.filter((child) => child.name === name);
}

/** The text of the first child of that name. */
export function childText(element: XmlElement, name: string): string | undefined {
  return childrenNamed(element, name)[0]?.text;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
};

function escapeText(text: string): string {
  return text.replaceAll(/[&<>"\r]/g, (character) => entities[character] ?? character);
}

function unescapeText(text: string): string {
  return text.replaceAll(/&(?:#x([\da-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, name) => {
    if (hex) return String.fromCodePoint(Number.parseInt(hex, 16));
    if (decimal) return String.fromCodePoint(Number(decimal));
    return { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }[String(name)] ?? whole;
  });
}
