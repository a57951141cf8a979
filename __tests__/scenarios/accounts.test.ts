import { expect, test } from '@jest/globals';
import { type StsDouble, type StsRefusal, startStsDouble } from '../../testing/sts-double.js';
import { inScene, type Scene, STATE } from './scene.js';

/** Whose credentials they are, as the token service says. */
const ACCOUNT = '123456789012';
const OTHER = '999999999999';

/** A scene with a token service, and with a state. */
function inAccountScene(run: (scene: Scene, sts: StsDouble) => Promise<void>): Promise<void> {
  return inScene(async (scene) => {
    const sts = await startStsDouble();
    try {
      await scene.putState(STATE);
      await run(scene, sts);
    } finally {
      await sts.close();
    }
  });
}

const backendAt = (sts: StsDouble, ...lines: readonly string[]) => ({
  backend_config: [`endpoints={sts="${sts.endpoint}"}`, ...lines].join('\n'),
});

const asked = ({ requests }: StsDouble) => requests.map(({ action }) => action);

test.each([`allowed_account_ids=["${OTHER}", "${ACCOUNT}"]`, `forbidden_account_ids=["${OTHER}"]`])(
  'a job of the right account does its work: %s',
  (line) =>
    inAccountScene(async ({ startJob }, sts) => {
      const job = await startJob('dynamodb', { inputs: backendAt(sts, line) });
      expect(await job.main()).toMatchObject({ exitCode: 0, errors: [], warnings: [] });
      expect(await job.post()).toMatchObject({ exitCode: 0, errors: [], warnings: [] });
      expect(sts.requests).toMatchObject([
        { action: 'GetCallerIdentity', signedBy: 'test', region: 'us-east-1' },
      ]);
    }),
);

test.each([
  [
    `allowed_account_ids=["${OTHER}"]`,
    `"${ACCOUNT}" (the access key that was given), and "allowed_account_ids" of the backend allows only ${OTHER}.`,
  ],
  [
    `forbidden_account_ids=["${ACCOUNT}"]`,
    `"${ACCOUNT}" (the access key that was given), which "forbidden_account_ids" of the backend forbids.`,
  ],
])('in a wrong account nothing is touched: %s', (line, said) =>
  inAccountScene(async ({ startJob, asked: askedOfStores }, sts) => {
    for (const action of ['.', 'inspect']) {
      const job = await startJob('both', { action, inputs: backendAt(sts, line) });
      const main = await job.main();
      expect(main).toMatchObject({ exitCode: 1, errors: [{ title: 'Wrong account' }] });
      expect(main.errors[0]?.message).toContain(said);
      expect(main.summary).toContain('Wrong account');
    }
    expect(askedOfStores).toEqual([]);
  }),
);

test('an account that cannot be known is none that is allowed', () =>
  inAccountScene(async ({ startJob, asked: askedOfStores }, sts) => {
    const refusal: StsRefusal = { status: 403, code: 'InvalidClientTokenId', message: 'No such key.' };
    sts.refuse = () => refusal;
    const job = await startJob('both', { inputs: backendAt(sts, `allowed_account_ids=["${ACCOUNT}"]`) });
    expect(await job.main()).toMatchObject({ exitCode: 1, errors: [{ title: 'Credentials rejected' }] });
    expect(askedOfStores).toEqual([]);
  }));

test.each([
  [],
  [
    `forbidden_account_ids=["${ACCOUNT}"]`,
    'skip_credentials_validation=true',
    'skip_requesting_account_id=true',
  ],
])('nobody is asked without a list of accounts, nor where that is to be skipped: %#', (...lines) =>
  inAccountScene(async ({ startJob }, sts) => {
    const job = await startJob('dynamodb', { inputs: backendAt(sts, ...lines) });
    expect(await job.main()).toMatchObject({ exitCode: 0, errors: [] });
    expect(await job.post()).toMatchObject({ exitCode: 0, errors: [] });
    expect(asked(sts)).toEqual([]);
  }),
);
