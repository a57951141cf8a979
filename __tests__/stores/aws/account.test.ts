import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { AccountRule } from '../../../src/config/settings.js';
import { BackendError } from '../../../src/job/backend-error.js';
import { requireAccount } from '../../../src/stores/aws/account.js';
import { testIdentity } from '../../../testing/connections.js';
import { type StsDouble, startStsDouble } from '../../../testing/sts-double.js';
import { testSurroundings } from '../../../testing/surroundings.js';

/** Whose credentials they are, as the token service says. */
const ACCOUNT = '123456789012';
const OTHER = '999999999999';

let sts: StsDouble;

beforeAll(async () => {
  sts = await startStsDouble();
});
beforeEach(() => {
  sts.refuse = () => undefined;
});
afterAll(() => sts.close());

const at = ({ endpoint }: StsDouble) =>
  testSurroundings({ lookup: { sts: { region: 'eu-west-1', endpoint } } });

const ask = (rule: AccountRule) => requireAccount(rule, testIdentity, at(sts));

async function problemOf(asking: Promise<void>) {
  const error = await asking.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof BackendError) return error.problem;
  throw error ?? new Error('No error was thrown.');
}

test('the token service says which account it is, in its region', async () => {
  await ask({ kind: 'allowed', ids: [OTHER, ACCOUNT] });
  expect(sts.requests.at(-1)).toEqual({
    action: 'GetCallerIdentity',
    parameters: {},
    signedBy: 'test',
    region: 'eu-west-1',
  });
});

test('an account that is not forbidden will do', () => ask({ kind: 'forbidden', ids: [OTHER] }));

describe('a wrong account is told, and what is wrong about it', () => {
  test.each<AccountRule>([
    { kind: 'allowed', ids: [OTHER] },
    { kind: 'forbidden', ids: [OTHER, ACCOUNT] },
  ])('%j', async (rule) => {
    const by = testIdentity.described;
    expect(await problemOf(ask(rule))).toEqual({ kind: 'wrong-account', account: ACCOUNT, rule, by });
  });
});

describe('an account that cannot be known is an error of its own', () => {
  const rule: AccountRule = { kind: 'forbidden', ids: [OTHER] };

  test('where the service refuses', async () => {
    sts.refuse = () => ({ status: 403, code: 'InvalidClientTokenId', message: 'No such key.' });
    expect(await problemOf(ask(rule))).toEqual({ kind: 'rejected-credentials', detail: expect.any(String) });
  });

  test('where nobody waits for it any more', async () => {
    const ending = new AbortController();
    sts.refuse = () => {
      ending.abort();
      return 'silence';
    };
    const asking = requireAccount(rule, testIdentity, { ...at(sts), over: ending.signal });
    await expect(asking).rejects.toBeInstanceOf(BackendError);
  });

  test('where nobody is there', async () => {
    const gone = await startStsDouble();
    await gone.close();
    expect(await problemOf(requireAccount(rule, testIdentity, at(gone)))).toMatchObject({
      kind: 'unreachable',
      service: 'STS',
      endpoint: gone.endpoint,
    });
  });
});
