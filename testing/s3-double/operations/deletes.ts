import { checkDeleteCondition } from '../conditions.js';
import { authorize, type Context, findBucket, type Handler } from '../context.js';
import { S3Error, s3Error } from '../errors.js';
import { versionAction } from '../permissions.js';
import { header } from '../request.js';
import { currentObject, deleteCurrent, deleteVersion, type Removal } from '../store.js';
import {
  childrenNamed,
  childText,
  parseXmlBody,
  renderXml,
  type XmlContent,
  type XmlElement,
} from '../xml.js';

const MOST_KEYS_AT_ONCE = 1000;

export const deleteObject: Handler = (context) => {
  const { key, query, headers } = context.request;
  const removal = remove(context, {
    key,
    versionId: query.get('versionId'),
    ifMatch: header(headers, 'if-match'),
  });
  return { status: 204, headers: removalHeaders(removal) };
};

/** Each key is judged by itself: the answer is 200 and lists what was deleted and what was refused. */
export const deleteObjects: Handler = (context) => {
  const document = parseXmlBody(context.request);
  const quiet = childText(document, 'Quiet') === 'true';
  const entries = childrenNamed(document, 'Object').map(parseEntry);
  if (entries.length === 0 || entries.length > MOST_KEYS_AT_ONCE) throw s3Error('MalformedXML');
  const outcomes = entries.map((entry) => deleteEntry(context, entry));
  return {
    status: 200,
    headers: {},
    body: renderXml('DeleteResult', {
      Deleted: quiet ? [] : outcomes.flatMap(({ deleted }) => (deleted ? [deleted] : [])),
      Error: outcomes.flatMap(({ refused }) => (refused ? [refused] : [])),
    }),
  };
};

interface Deletion {
  readonly key: string;
  readonly versionId: string | undefined;
  readonly ifMatch: string | undefined;
}

function parseEntry(element: XmlElement): Deletion {
  return {
    key: childText(element, 'Key') ?? '',
    versionId: childText(element, 'VersionId'),
    ifMatch: childText(element, 'ETag'),
  };
}

function deleteEntry(context: Context, entry: Deletion): { deleted?: XmlContent; refused?: XmlContent } {
  const { key, versionId } = entry;
  try {
    const action = versionId === undefined ? 's3:DeleteObject' : versionAction('s3:DeleteObject');
    authorize(context, { action, resource: `${context.request.bucket}/${key}` });
    const headers = removalHeaders(remove(context, entry));
    const marker = headers['x-amz-delete-marker'];
    const markerId = marker && headers['x-amz-version-id'];
    return {
      deleted: { Key: key, VersionId: versionId, DeleteMarker: marker, DeleteMarkerVersionId: markerId },
    };
  } catch (error) {
    if (!(error instanceof S3Error)) throw error;
    return { refused: { Key: key, VersionId: versionId, Code: error.code, Message: error.message } };
  }
}

function remove(context: Context, { key, versionId, ifMatch }: Deletion): Removal {
  const { settings } = context;
  const bucket = findBucket(context);
  checkDeleteCondition(ifMatch, key, currentObject(bucket, key), settings);
  return versionId === undefined
    ? deleteCurrent(bucket, key, settings.now())
    : deleteVersion(bucket, key, versionId, settings.now());
}

function removalHeaders(removal: Removal): Record<string, string | undefined> {
  switch (removal.kind) {
    case 'nothing':
      return {};
    case 'marked':
      return { 'x-amz-delete-marker': 'true', 'x-amz-version-id': removal.marker.versionId };
    case 'removed': {
      const { kind, versionId } = removal.version;
      return {
        'x-amz-delete-marker': kind === 'delete-marker' ? 'true' : undefined,
        'x-amz-version-id': versionId === 'null' ? undefined : versionId,
      };
    }
  }
}
