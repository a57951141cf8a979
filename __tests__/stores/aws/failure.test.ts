import { describe, expect, test } from '@jest/globals';
import { BackendError } from '../../../src/job/backend-error.js';
import { type Asked, abortable, connectDynamodb, failure } from '../../../src/stores/aws/clients.js';
import { testIdentity } from '../../../testing/connections.js';

describe('the error of a failed request', () => {
  const connectedIn = (region: string) => connectDynamodb({ region, maxRetries: 0, identity: testIdentity });
  const denied = Object.assign(new Error('No.'), { name: 'AccessDenied' });
  const object: Asked = { service: 'S3', action: 's3:GetObject', container: 'states', key: 'a/b' };
  const table: Asked = { service: 'DynamoDB', action: 'dynamodb:GetItem', container: 'locks' };

  test.each<[string, Asked, string]>([
    ['eu-central-1', object, 'arn:aws:s3:::states/a/b'],
    ['cn-north-1', object, 'arn:aws-cn:s3:::states/a/b'],
    ['us-gov-west-1', object, 'arn:aws-us-gov:s3:::states/a/b'],
    ['eu-central-1', { ...object, key: '' }, 'arn:aws:s3:::states/'],
    ['eu-central-1', { service: 'S3', action: 's3:ListBucket', container: 'states' }, 'arn:aws:s3:::states'],
    ['eu-central-1', table, 'arn:aws:dynamodb:eu-central-1:*:table/locks'],
    ['cn-northwest-1', table, 'arn:aws-cn:dynamodb:cn-northwest-1:*:table/locks'],
    ['us-gov-east-1', table, 'arn:aws-us-gov:dynamodb:us-gov-east-1:*:table/locks'],
    [
      'eu-central-1',
      { ...table, container: 'arn:aws:dynamodb:eu-west-1:111122223333:table/locks' },
      'arn:aws:dynamodb:eu-west-1:111122223333:table/locks',
    ],
  ])('names the resource as a policy would: in %s, of %j', async (region, asked, arn) => {
    const error = failure(denied, asked, await connectedIn(region));
    expect(error).toBeInstanceOf(BackendError);
    expect(error).toHaveProperty('problem.resource', arn);
  });

  test('is the reason of the abort, if there was one', async () => {
    const reason = new Error('The job was cancelled.');
    const signal = AbortSignal.abort(reason);
    expect(failure(denied, object, await connectedIn('eu-central-1'), signal)).toBe(reason);
  });

  test('is not the reason of an abort that did not happen', async () => {
    const { signal } = new AbortController();
    expect(failure(denied, object, await connectedIn('eu-central-1'), signal)).toBeInstanceOf(BackendError);
  });
});

test('a request is abortable by a signal, where there is one', () => {
  const { signal } = new AbortController();
  expect(abortable(signal)).toEqual({ abortSignal: signal });
  expect(abortable()).toEqual({});
});
