import { expect, test } from '@jest/globals';
import { secretsOf } from '../../src/config/secrets.js';
import type { BaseSource, CredentialSource } from '../../src/config/settings.js';
import { CREDENTIALS, testSettings } from '../../testing/test-data.js';

const KEYS = { kind: 'keys', accessKeyId: 'AKIASOURCE', secretAccessKey: 's', sessionToken: 't' } as const;
const TOKEN = { kind: 'text', text: 'a-token' } as const;
const OF_KEYS = ['AKIASOURCE', 's', 't'];
const tokenRole = { arn: 'arn:aws:iam::1:role/r', sessionName: 'session' };

const assumed = (from: BaseSource): CredentialSource => ({
  kind: 'role',
  role: { ...tokenRole, durationSeconds: 900 },
  from,
});

test.each<[CredentialSource, string[]]>([
  [{ kind: 'ambient' }, []],
  [{ kind: 'profile', profile: 'p' }, []],
  [{ kind: 'job-token', role: tokenRole }, []],
  [KEYS, OF_KEYS],
  [assumed(KEYS), OF_KEYS],
  [{ kind: 'web-identity', role: tokenRole, token: TOKEN }, ['a-token']],
  [{ kind: 'web-identity', role: tokenRole, token: { kind: 'file', path: '/f' } }, []],
  [assumed({ kind: 'web-identity', role: tokenRole, token: TOKEN }), ['a-token']],
])('what signs is secret, and what gets it: %j', (credentials, secrets) => {
  const settings = { ...testSettings(), credentials };
  expect(secretsOf({ credentials: CREDENTIALS, settings })).toEqual([
    CREDENTIALS.accessKeyId,
    CREDENTIALS.secretAccessKey,
    ...secrets,
  ]);
});
