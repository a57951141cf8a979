import type { Handler } from '../context.js';
import { checkTags } from '../object-headers.js';
import { childrenNamed, childText, renderXml } from '../xml.js';
import { locateObject } from './object-reads.js';
import { parseXmlBody } from './xml-body.js';

export const getObjectTagging: Handler = (context) => {
  const { bucket, key, query } = context.request;
  const { tags } = locateObject(context, { bucket, key, versionId: query.get('versionId') });
  const tagSet = { Tag: [...tags].map(([Key, Value]) => ({ Key, Value })) };
  return { status: 200, headers: {}, body: renderXml('Tagging', { TagSet: tagSet }) };
};

export const putObjectTagging: Handler = (context) => {
  const { bucket, key, query } = context.request;
  const object = locateObject(context, { bucket, key, versionId: query.get('versionId') });
  const [tagSet] = childrenNamed(parseXmlBody(context.request), 'TagSet');
  const tags = tagSet ? childrenNamed(tagSet, 'Tag') : [];
  object.tags = checkTags(
    new Map(tags.map((tag) => [childText(tag, 'Key') ?? '', childText(tag, 'Value') ?? ''])),
  );
  return { status: 200, headers: {} };
};

export const deleteObjectTagging: Handler = (context) => {
  const { bucket, key, query } = context.request;
  locateObject(context, { bucket, key, versionId: query.get('versionId') }).tags = new Map();
  return { status: 204, headers: {} };
};
