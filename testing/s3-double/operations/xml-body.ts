import { verifyChecksums } from '../checksums.js';
import type { S3Request } from '../request.js';
import { parseXml, type XmlElement } from '../xml.js';

/**
 * The document in a request's body.
 *
 * @throws S3Error `BadDigest`, `InvalidDigest`, `MalformedXML`
 */
export function parseXmlBody({ headers, body }: S3Request): XmlElement {
  verifyChecksums(headers, body);
  return parseXml(body.toString());
}
