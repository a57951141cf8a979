import { findBucket, type Handler } from '../context.js';
import { s3Error } from '../errors.js';
import { header } from '../request.js';
import { newBucket } from '../store.js';
import { childText, parseXmlBody, renderXml } from '../xml.js';

export const createBucket: Handler = ({ request, buckets, settings }) => {
  const { bucket: name, headers } = request;
  if (buckets.has(name)) throw s3Error('BucketAlreadyOwnedByYou', { BucketName: name });
  const objectLock = header(headers, 'x-amz-bucket-object-lock-enabled')?.toLowerCase() === 'true';
  buckets.set(name, newBucket(name, { region: settings.region, objectLock }));
  return { status: 200, headers: { location: `/${name}` } };
};

export const headBucket: Handler = (context) => ({
  status: 200,
  headers: { 'x-amz-bucket-region': findBucket(context).region },
});

export const getBucketVersioning: Handler = (context) => {
  const Status = findBucket(context).versioned ? 'Enabled' : undefined;
  return { status: 200, headers: {}, body: renderXml('VersioningConfiguration', { Status }) };
};

export const putBucketVersioning: Handler = (context) => {
  const status = childText(parseXmlBody(context.request), 'Status');
  if (status !== 'Enabled') throw s3Error('NotImplemented', { Status: status ?? '' });
  findBucket(context).versioned = true;
  return { status: 200, headers: {} };
};
