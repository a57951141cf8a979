import {
  CopyObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  PutObjectCommand,
  type PutObjectCommandInput,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type S3Double, startS3Double } from '../../testing/s3-double/index.js';

const KMS_KEY = 'arn:aws:kms:us-east-1:123456789012:key/state';

let s3: S3Double;
let client: S3Client;

beforeEach(async () => {
  s3 = await startS3Double();
  s3.createBucket('state');
  client = new S3Client({
    endpoint: s3.endpoint,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
});

afterEach(async () => {
  client.destroy();
  await s3.close();
});

function put(input: Partial<PutObjectCommandInput> = {}) {
  return client.send(new PutObjectCommand({ Bucket: 'state', Key: 'a', Body: 'new', ...input }));
}

function get(Key = 'a') {
  return client.send(new GetObjectCommand({ Bucket: 'state', Key }));
}

/** The refusal in the words of AWS. */
function denial(action: string, resource: string) {
  return {
    name: 'AccessDenied',
    message: `User: arn:aws:iam::123456789012:user/test is not authorized to perform: ${action} on resource: "${resource}" because no identity-based policy allows the ${action} action`,
    $metadata: { httpStatusCode: 403 },
  };
}

describe('permissions of the S3 double', () => {
  test('a denied action is refused in the words of AWS, on the resources named', async () => {
    s3.settings.deny = [{ action: 's3:PutObject', resource: 'state/a*' }];
    await expect(put()).rejects.toMatchObject(denial('s3:PutObject', 'arn:aws:s3:::state/a'));
    await put({ Key: 'b' });
    expect(s3.listKeys('state')).toEqual(['b']);
  });

  test('a function may deny', async () => {
    s3.settings.deny = ({ action, resource }) => action === 's3:GetObject' && resource.endsWith('.tflock');
    s3.putObject('state', 'a', 'state');
    s3.putObject('state', 'a.tflock', 'lock');
    await get();
    await expect(get('a.tflock')).rejects.toMatchObject(
      denial('s3:GetObject', 'arn:aws:s3:::state/a.tflock'),
    );
  });

  test('whoever may not list a bucket is not told that an object is absent', async () => {
    s3.settings.deny = [{ action: 's3:ListBucket' }];
    await expect(get()).rejects.toMatchObject(denial('s3:ListBucket', 'arn:aws:s3:::state'));
  });

  test.each([
    ['s3:GetObject', { IfMatch: '"etag"' }],
    ['s3:PutObjectTagging', { Tagging: 'a=b' }],
    ['s3:PutObjectAcl', { ACL: 'private' }],
  ] as const)('a PUT may need %s too', async (action, input) => {
    s3.settings.deny = [{ action }];
    await expect(put(input)).rejects.toMatchObject(denial(action, 'arn:aws:s3:::state/a'));
    await put();
  });

  test('a copy needs to read its source', async () => {
    s3.putObject('state', 'a', 'state');
    s3.settings.deny = [{ action: 's3:GetObject', resource: 'state/a' }];
    const copy = new CopyObjectCommand({ Bucket: 'state', Key: 'b', CopySource: 'state/a' });
    await expect(client.send(copy)).rejects.toMatchObject(denial('s3:GetObject', 'arn:aws:s3:::state/a'));
  });

  test('what KMS encrypted needs its key, to write and to read', async () => {
    const encryption = { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: KMS_KEY } as const;
    s3.settings.deny = [{ action: 'kms:Decrypt' }];
    await put(encryption);
    await expect(get()).rejects.toMatchObject(denial('kms:Decrypt', KMS_KEY));
    s3.settings.deny = [{ action: 'kms:GenerateDataKey', resource: KMS_KEY }];
    await expect(put(encryption)).rejects.toMatchObject(denial('kms:GenerateDataKey', KMS_KEY));
  });

  test('DeleteObjects refuses key by key', async () => {
    s3.putObject('state', 'a', '');
    s3.putObject('state', 'b', '');
    s3.settings.deny = [{ action: 's3:DeleteObject', resource: 'state/a' }];
    const Delete = { Objects: [{ Key: 'a' }, { Key: 'b' }] };
    const { Deleted, Errors } = await client.send(new DeleteObjectsCommand({ Bucket: 'state', Delete }));
    expect(Deleted).toEqual([{ Key: 'b' }]);
    expect(Errors).toMatchObject([{ Key: 'a', Code: 'AccessDenied' }]);
    expect(s3.listKeys('state')).toEqual(['a']);
  });
});
