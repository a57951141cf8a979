import { expect, test } from '@jest/globals';
import type { RoleProblem } from '../../src/job/backend-error.js';
import { documentationUrl } from '../../src/names/documentation.js';
import { roleSentence } from '../../src/words/role-problems.js';

const role = 'arn:aws:iam::1:role/r';
const detail = 'AWS says so.';
const HOW = `How to allow it is at ${documentationUrl('iam.md#roles')}.`;

test.each<[RoleProblem, string, string]>([
  [
    { kind: 'role-refused', role, giver: 'credentials', by: 'the access key that was given', detail },
    'Role refused',
    `The role ${role} cannot be assumed with the access key that was given. Both sides must allow it: the trust policy of the ` +
      'role, whose conditions may ask for "external_id", tags or a name of the session; and a policy of whoever assumes it, with ' +
      `sts:AssumeRole on the role, and sts:TagSession for tags. ${HOW} AWS says: AWS says so.`,
  ],
  [
    { kind: 'role-refused', role, giver: 'web-identity', by: 'a token', detail },
    'Role refused',
    `The role ${role} cannot be taken with the web identity token. Its trust policy must allow sts:AssumeRoleWithWebIdentity to ` +
      `the issuer of the token, on conditions that the token meets. ${HOW} AWS says: AWS says so.`,
  ],
  [
    { kind: 'role-refused', role, giver: 'job-token', by: 'a token', detail },
    'Role refused',
    `The role ${role} cannot be taken with the ID token of this job. Its trust policy must allow sts:AssumeRoleWithWebIdentity ` +
      'to the identity provider token.actions.githubusercontent.com, for the audience sts.amazonaws.com and for a "sub" that is ' +
      `this repository with its branch, its environment or its event. ${HOW} AWS says: AWS says so.`,
  ],
  [
    { kind: 'token-refused', role, giver: 'web-identity', detail },
    'Token refused',
    `AWS does not believe the web identity token, with which the role ${role} was to be taken (AWS says so.). It may be too old, ` +
      `be meant for somebody else, or come from an issuer that is no identity provider of the account. ${HOW}`,
  ],
  [
    { kind: 'token-refused', role, giver: 'job-token', detail },
    'Token refused',
    `AWS does not believe the ID token of this job, with which the role ${role} was to be taken (AWS says so.). The account of the ` +
      'role needs the identity provider https://token.actions.githubusercontent.com with the audience sts.amazonaws.com. ' +
      HOW,
  ],
  [
    { kind: 'role-misasked', role, detail },
    'Role refused',
    `AWS does not hand out the role ${role} in the way in which it was asked for (AWS says so.). Check its duration, its policies ` +
      'and its tags: no session is longer than the role allows, nor than an hour where the role is assumed from another role.',
  ],
  [
    { kind: 'outdated-for-role', role, by: 'profile "p" in /f', detail },
    'Credentials expired',
    `The role ${role} could not be assumed: AWS does not take profile "p" in /f any more (AWS says so.). Take new credentials just ` +
      'before this step, with a session that lasts as long as the job.',
  ],
  [
    { kind: 'no-id-token' },
    'No ID token',
    'The role of the input "oidc_role_arn" is taken with the ID token of this job, and GitHub gives it none, for the permission is ' +
      'missing. Set "permissions: { id-token: write, contents: read }" for the job. A pull request from a fork never has it.',
  ],
  [
    { kind: 'no-id-token', detail: 'HTTP 403' },
    'No ID token',
    'GitHub gave no ID token for this job, with which the role of the input "oidc_role_arn" is taken (HTTP 403). Run the job again.',
  ],
])('why a role is not to be had, and what must allow it: %j', (problem, title, message) => {
  expect(roleSentence(problem)).toEqual({ title, message });
});
