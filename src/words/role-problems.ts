import type { RoleProblem, RoleToken } from '../job/backend-error.js';
import { documentationUrl } from '../names/documentation.js';

interface Sentence {
  readonly title: string;
  readonly message: string;
}

const page = () => `How to allow it is at ${documentationUrl('iam.md#roles')}.`;

/** Why a role is not to be had, and what must allow it. */
export function roleSentence(problem: RoleProblem): Sentence {
  switch (problem.kind) {
    case 'role-refused':
      return { title: 'Role refused', message: refused(problem) };
    case 'token-refused':
      return { title: 'Token refused', message: tokenRefused(problem) };
    case 'role-misasked':
      return {
        title: 'Role refused',
        message:
          `AWS does not hand out the role ${problem.role} in the way in which it was asked for (${problem.detail}). Check its ` +
          'duration, its policies and its tags: no session is longer than the role allows, nor than an hour where the role is ' +
          'assumed from another role.',
      };
    case 'outdated-for-role':
      return {
        title: 'Credentials expired',
        message:
          `The role ${problem.role} could not be assumed: AWS does not take ${problem.by} any more (${problem.detail}). Take new ` +
          'credentials just before this step, with a session that lasts as long as the job.',
      };
    case 'no-id-token':
      return problem.detail === undefined
        ? {
            title: 'No ID token',
            message:
              'The role of the input "oidc_role_arn" is taken with the ID token of this job, and GitHub gives it none, for the ' +
              'permission is missing. Set "permissions: { id-token: write, contents: read }" for the job. A pull request from a ' +
              'fork never has it.',
          }
        : {
            title: 'No ID token',
            message:
              'GitHub gave no ID token for this job, with which the role of the input "oidc_role_arn" is taken ' +
              `(${problem.detail}). Run the job again.`,
          };
  }
}

type Refused = Extract<RoleProblem, { kind: 'role-refused' }>;

function refused({ role, giver, by, detail }: Refused): string {
  switch (giver) {
    case 'credentials':
      return (
        `The role ${role} cannot be assumed with ${by}. Both sides must allow it: the trust policy of the role, whose ` +
        'conditions may ask for "external_id", tags or a name of the session; and a policy of whoever assumes it, with ' +
        `sts:AssumeRole on the role, and sts:TagSession for tags. ${page()} AWS says: ${detail}`
      );
    case 'web-identity':
      return (
        `The role ${role} cannot be taken with the web identity token. Its trust policy must allow ` +
        `sts:AssumeRoleWithWebIdentity to the issuer of the token, on conditions that the token meets. ${page()} AWS says: ${detail}`
      );
    case 'job-token':
      return (
        `The role ${role} cannot be taken with the ID token of this job. Its trust policy must allow ` +
        'sts:AssumeRoleWithWebIdentity to the identity provider token.actions.githubusercontent.com, for the audience ' +
        'sts.amazonaws.com and for a "sub" that is this repository with its branch, its environment or its event. ' +
        `${page()} AWS says: ${detail}`
      );
  }
}

const DISTRUSTED: Readonly<Record<RoleToken, string>> = {
  'web-identity':
    'It may be too old, be meant for somebody else, or come from an issuer that is no identity provider of the account.',
  'job-token':
    'The account of the role needs the identity provider https://token.actions.githubusercontent.com with the audience ' +
    'sts.amazonaws.com.',
};

function tokenRefused({ role, giver, detail }: Extract<RoleProblem, { kind: 'token-refused' }>): string {
  const whose = giver === 'job-token' ? 'the ID token of this job' : 'the web identity token';
  return `AWS does not believe ${whose}, with which the role ${role} was to be taken (${detail}). ${DISTRUSTED[giver]} ${page()}`;
}
