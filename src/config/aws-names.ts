import { type Format, matching, oneOf, textMap } from './formats.js';
import { quote } from './quoting.js';

const BUCKET = /^[A-Za-z0-9][A-Za-z0-9._-]{2,254}$/;
const BUCKET_IN_ADDRESS = /^(?:s3:\/\/|arn:[^:]*:s3:::)?([A-Za-z0-9][A-Za-z0-9._-]{2,254})(?:\/|$)/;

/**
 * A bucket's name. Wider than today's rule of S3: other stores allow `_` and capital letters, and so did us-east-1, up
 * to 255 characters. docs/decisions.md says why access points are refused.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 */
export const bucketName: Format<string> = (text) => {
  if (BUCKET.test(text)) return { value: text };
  const name = BUCKET_IN_ADDRESS.exec(text)?.[1];
  if (name !== undefined) return { expected: `the bucket's name alone, ${quote(name)}` };
  return text.startsWith('arn:')
    ? { expected: "a bucket's name, because access point ARNs are not supported" }
    : { expected: "a bucket's name, of 3 or more letters, digits and . - _" };
};

/** Any host label: S3-compatible stores invent regions, and the SDK refuses everything else. */
export const regionName = matching(
  /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/,
  'a region such as us-east-1',
);

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#canned-acl */
export const cannedAcl = oneOf({
  private: 'private',
  'public-read': 'public-read',
  'public-read-write': 'public-read-write',
  'authenticated-read': 'authenticated-read',
  'aws-exec-read': 'aws-exec-read',
  'bucket-owner-read': 'bucket-owner-read',
  'bucket-owner-full-control': 'bucket-owner-full-control',
  'log-delivery-write': 'log-delivery-write',
});

/**
 * A table's name, or its ARN, which reaches a table of another account.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutItem.html
 */
export const tableName = matching(
  /^(?:arn:[^:]+:dynamodb:[^:]*:[^:]*:table\/)?[A-Za-z0-9_.-]{3,255}$/,
  "a DynamoDB table's name or ARN",
);

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}';
const KEY = `(?:${UUID}|mrk-[0-9a-f]{32})`;
const ALIAS = 'alias/[A-Za-z0-9/_-]+';

/**
 * What Terraform takes for a key. Its own pattern is not anchored at every alternative; this one is.
 * @see https://github.com/hashicorp/terraform/blob/main/internal/backend/remote-state/s3/validate.go
 */
export const kmsKeyId = matching(
  new RegExp(`^(?:${KEY}|${ALIAS}|arn:[^:]+:kms:[^:]*:[^:]*:(?:key/${KEY}|${ALIAS}))$`),
  'the ID, alias or ARN of a KMS key, such as alias/terraform',
);

/** The key of SSE-C: 256 bits. Terraform asks for 44 characters; only with one `=` are they 32 bytes. */
export const customerKey = matching(/^[A-Za-z0-9+/]{43}=$/, '32 bytes in base64, which are 44 characters');

/**
 * The tags of an object, by their keys. Which characters they may have is left to the store.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html
 */
export const objectTags: Format<Readonly<Record<string, string>>> = (text) => {
  const read = textMap(text);
  if (!('value' in read)) return read;
  const tags = Object.entries(read.value);
  if (tags.length > 10) return { expected: 'at most 10 tags', got: String(tags.length) };
  const fits = ([key, value]: [string, string]) => key !== '' && key.length <= 128 && value.length <= 256;
  const tooLong = tags.find((tag) => !fits(tag));
  return tooLong === undefined
    ? read
    : { expected: 'tags with keys of 1 to 128 characters and values of up to 256', got: quote(tooLong[0]) };
};
