import { describe, expect, test } from '@jest/globals';
import { BackendError, isPassing } from '../../../src/job/backend-error.js';
import { type Asked, type Connected, send, sendAndRead } from '../../../src/stores/aws/send.js';
import { testIdentity } from '../../../testing/connections.js';
import { REACH } from '../../../testing/test-data.js';

const denied = Object.assign(new Error('No.'), { name: 'AccessDenied' });

function connected(service: 'S3' | 'DynamoDB', region = 'eu-central-1'): Connected<string> {
  return {
    client: 'client',
    service,
    connection: { region, maxAttempts: 1, identity: testIdentity, reach: REACH },
  };
}

const OBJECT: Asked<never> = { action: 's3:GetObject', container: 'states', key: 'a/b' };
const TABLE: Asked<never> = { action: 'dynamodb:GetItem', container: 'locks' };

/** What is thrown where a request fails so. */
async function thrown(
  to: Connected<string>,
  asked: Asked<unknown>,
  error: unknown = denied,
): Promise<unknown> {
  return send(to, asked, () => Promise.reject(error)).then(
    () => Promise.reject(new Error('The request was expected to fail.')),
    (reason: unknown) => reason,
  );
}

describe('a request', () => {
  test('is sent by the client, and its answer is what was made of it', async () => {
    expect(await send(connected('S3'), OBJECT, async (client) => `${client} answers`)).toBe('client answers');
  });

  test('can be aborted by the signal, where there is one', async () => {
    const { signal } = new AbortController();
    const optionsOf = (asked: Asked<never>) => send(connected('S3'), asked, async (_, options) => options);
    expect(await optionsOf({ ...OBJECT, signal })).toEqual({ abortSignal: signal });
    expect(await optionsOf(OBJECT)).toEqual({});
  });
});

describe('an error that the caller expects', () => {
  test('is passed on as what the caller makes of it', async () => {
    const expected = (error: unknown) => (error === denied ? 'refused' : undefined);
    expect(await send(connected('S3'), { ...OBJECT, expected }, () => Promise.reject(denied))).toBe(
      'refused',
    );
  });

  test('counts for more than an abort: the service has answered', async () => {
    const asked = { ...OBJECT, expected: () => 'refused', signal: AbortSignal.abort(new Error('Over.')) };
    expect(await send(connected('S3'), asked, () => Promise.reject(denied))).toBe('refused');
  });

  test('may be thrown as an error of the caller’s own', async () => {
    const own = new Error('Not a place for locks.');
    const expected = () => {
      throw own;
    };
    expect(await thrown(connected('S3'), { ...OBJECT, expected })).toBe(own);
  });
});

describe('any other error', () => {
  test.each<[string, Connected<string>, Asked<never>, string]>([
    ['an object', connected('S3'), OBJECT, 'arn:aws:s3:::states/a/b'],
    ['an object in China', connected('S3', 'cn-north-1'), OBJECT, 'arn:aws-cn:s3:::states/a/b'],
    ['an object in GovCloud', connected('S3', 'us-gov-west-1'), OBJECT, 'arn:aws-us-gov:s3:::states/a/b'],
    ['a key that is empty', connected('S3'), { ...OBJECT, key: '' }, 'arn:aws:s3:::states/'],
    ['a bucket', connected('S3'), { action: 's3:ListBucket', container: 'states' }, 'arn:aws:s3:::states'],
    ['a table', connected('DynamoDB'), TABLE, 'arn:aws:dynamodb:eu-central-1:*:table/locks'],
    [
      'a table in China',
      connected('DynamoDB', 'cn-northwest-1'),
      TABLE,
      'arn:aws-cn:dynamodb:cn-northwest-1:*:table/locks',
    ],
    [
      'a table in GovCloud',
      connected('DynamoDB', 'us-gov-east-1'),
      TABLE,
      'arn:aws-us-gov:dynamodb:us-gov-east-1:*:table/locks',
    ],
    [
      'a table that was given as an ARN',
      connected('DynamoDB'),
      { ...TABLE, container: 'arn:aws:dynamodb:eu-west-1:111122223333:table/locks' },
      'arn:aws:dynamodb:eu-west-1:111122223333:table/locks',
    ],
  ])('names the resource as a policy would: %s', async (_, to, asked, arn) => {
    const error = await thrown(to, asked);
    expect(error).toBeInstanceOf(BackendError);
    expect(error).toMatchObject({ problem: { action: asked.action, resource: arn }, cause: denied });
  });

  test('is the reason of the abort, if there was one', async () => {
    const reason = new Error('The job was cancelled.');
    expect(await thrown(connected('S3'), { ...OBJECT, signal: AbortSignal.abort(reason) })).toBe(reason);
  });

  test('is not the reason of an abort that did not happen', async () => {
    const { signal } = new AbortController();
    expect(await thrown(connected('S3'), { ...OBJECT, signal })).toBeInstanceOf(BackendError);
  });
});

describe('an answer whose body breaks off', () => {
  const TO = { ...connected('S3'), connection: { ...connected('S3').connection, maxAttempts: 3 } };
  const cut = new Error('aborted');

  /** Asks, while the first so many bodies break off; tells how often it asked. */
  async function asking(broken: number, asked: Asked<'absent'> = OBJECT) {
    let requests = 0;
    const read = async (attempt: number) => {
      if (attempt <= broken) throw cut;
      return 'body';
    };
    const outcome = await sendAndRead(TO, asked, async () => ++requests, read).catch(
      (error: unknown) => error,
    );
    return { outcome, requests };
  }

  test('is asked for again', async () => {
    expect(await asking(2)).toEqual({ outcome: 'body', requests: 3 });
  });

  test('is an error that may pass, once it was asked for as often as a request is sent in all', async () => {
    const { outcome, requests } = await asking(3);
    expect(outcome).toMatchObject({
      problem: { kind: 'unreachable', service: 'S3', detail: 'its answer broke off: aborted' },
      cause: cut,
    });
    expect(isPassing(outcome)).toBe(true);
    expect(requests).toBe(3);
  });

  test('is not asked for again after an abort, whose reason is passed on', async () => {
    const reason = new Error('The job was cancelled.');
    const asked = { ...OBJECT, signal: AbortSignal.abort(reason) };
    expect(await asking(1, asked)).toEqual({ outcome: reason, requests: 1 });
  });

  test('is not what an expected error is taken for', async () => {
    const asked: Asked<'absent'> = { ...OBJECT, expected: () => 'absent' };
    const request = () => Promise.reject(denied);
    expect(await sendAndRead(TO, asked, request, () => Promise.reject(cut))).toBe('absent');
  });
});
