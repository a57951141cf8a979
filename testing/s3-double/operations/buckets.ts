import { findBucket, type Handler } from '../context.js';
import { s3Error } from '../errors.js';
import { newBucket } from '../store.js';
import { childText, parseXml, renderXml } from '../xml.js';
import { parseXmlBody } from './xml-body.js';

/** The region whose name GetBucketLocation leaves out, for reasons of age. */
const UNNAMED_REGION = 'us-east-1';

export const listBuckets: Handler = ({ buckets, settings }) => ({
  status: 200,
  headers: {},
  body: renderXml('ListAllMyBucketsResult', {
    Buckets: {
      Bucket: [...buckets.keys()]
        .sort()
        .map((Name) => ({ Name, CreationDate: settings.now().toISOString() })),
    },
  }),
});

export const createBucket: Handler = ({ request, buckets, settings }) => {
  const { bucket: name, body } = request;
  if (buckets.has(name)) throw s3Error('BucketAlreadyOwnedByYou', { BucketName: name });
  const region = body.length > 0 ? childText(parseXml(body.toString()), 'LocationConstraint') : undefined;
  buckets.set(name, newBucket(name, { region: region || settings.region }));
  return { status: 200, headers: { location: `/${name}` } };
};

export const deleteBucket: Handler = (context) => {
  const bucket = findBucket(context);
  if (bucket.objects.size > 0) throw s3Error('BucketNotEmpty', { BucketName: bucket.name });
  context.buckets.delete(bucket.name);
  return { status: 204, headers: {} };
};

export const headBucket: Handler = (context) => ({
  status: 200,
  headers: { 'x-amz-bucket-region': findBucket(context).region },
});

export const getBucketLocation: Handler = (context) => {
  const { region } = findBucket(context);
  return {
    status: 200,
    headers: {},
    body: renderXml('LocationConstraint', region === UNNAMED_REGION ? undefined : region),
  };
};

export const getBucketVersioning: Handler = (context) => {
  const { versioning } = findBucket(context);
  const Status = versioning === 'Off' ? undefined : versioning;
  return { status: 200, headers: {}, body: renderXml('VersioningConfiguration', { Status }) };
};

export const putBucketVersioning: Handler = (context) => {
  const status = childText(parseXmlBody(context.request), 'Status');
  if (status !== 'Enabled' && status !== 'Suspended') throw s3Error('MalformedXML');
  findBucket(context).versioning = status;
  return { status: 200, headers: {} };
};

export const getBucketEncryption: Handler = (context) => {
  const { defaultEncryption } = findBucket(context);
  const rule = {
    ApplyServerSideEncryptionByDefault: {
      SSEAlgorithm: defaultEncryption.kind,
      KMSMasterKeyID: defaultEncryption.kind === 'aws:kms' ? defaultEncryption.keyId : undefined,
    },
    BucketKeyEnabled: false,
  };
  return { status: 200, headers: {}, body: renderXml('ServerSideEncryptionConfiguration', { Rule: rule }) };
};
