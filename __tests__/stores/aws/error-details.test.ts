import { describe, expect, test } from '@jest/globals';
import { DYNAMODB, problemOf, S3, sdkError } from '../../../testing/sdk-errors.js';

describe('the right region is taken from', () => {
  const headers = { 'x-amz-bucket-region': 'us-west-2' };
  const message = "The authorization header is malformed; the region 'x' is wrong; expecting 'us-west-2'";

  test.each([
    ['the header', sdkError('PermanentRedirect', 'Moved.', { $response: { headers } })],
    ['the body', sdkError('AuthorizationHeaderMalformed', 'Malformed.', { Region: 'us-west-2' })],
    ['the message', sdkError('AuthorizationHeaderMalformed', message)],
    ['the header of an answer without a body', sdkError('301', 'UnknownError', { $response: { headers } })],
  ])('%s', (_, error) => {
    expect(problemOf(error, S3)).toEqual({
      kind: 'wrong-region',
      bucket: 'states',
      configured: 'eu-central-1',
      actual: 'us-west-2',
    });
  });

  test('the header before the others', () => {
    const error = sdkError('301', "expecting 'eu-west-3'", { $response: { headers }, Region: 'eu-west-1' });
    expect(problemOf(error, S3)).toHaveProperty('actual', 'us-west-2');
  });
});

describe('a refusal by KMS names the permission on the key, not the one on the object', () => {
  const key = 'arn:aws:kms:eu-central-1:111122223333:key/1234abcd';
  const who = 'User: arn:aws:sts::111122223333:assumed-role/deploy/run is not authorized to perform:';

  test.each([
    [
      'kms:GenerateDataKey',
      `${who} kms:GenerateDataKey on resource: ${key} because no identity-based policy allows it`,
    ],
    ['kms:Decrypt', `${who} kms:Decrypt on the resource ${key} because no resource-based policy allows it`],
    ['kms:Decrypt', `${who} kms:Decrypt on resource: "${key}" with an explicit deny`],
  ])('%s', (action, message) => {
    expect(problemOf(sdkError('AccessDenied', message), S3)).toEqual({
      kind: 'access-denied',
      action,
      resource: key,
      detail: message,
    });
  });
});

describe('a table with another key than Terraform’s', () => {
  test.each([
    'The provided key element does not match the schema',
    'One or more parameter values were invalid: Missing the key Id in the item',
    'One or more parameter values were invalid: Type mismatch for key LockID expected: N actual: S',
    'The number of conditions on the keys is invalid',
  ])('is told from "%s"', (message) => {
    expect(problemOf(sdkError('ValidationException', message), DYNAMODB)).toEqual({
      kind: 'wrong-key-schema',
      table: 'locks',
    });
  });

  test('another failed validation is not taken for one', () => {
    const error = sdkError('ValidationException', 'Item size has exceeded the maximum allowed size');
    expect(problemOf(error, DYNAMODB)).toHaveProperty('kind', 'unexpected');
  });
});
