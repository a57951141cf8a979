import { describe, expect, test } from '@jest/globals';
import type { AssumedRole, CredentialSource } from '../../src/config/settings.js';
import { problemsOf, settingsOf } from './environment.js';
import type { ConfigScene } from './sources/scene.js';
import * as scenes from './sources/scene.js';

const ROLE = 'arn:aws:iam::123456789012:role/deploy';
const OTHER = 'arn:aws:iam::123456789012:role/path/other';
const POLICY = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
const KEYS = { access_key: 'AKIA', secret_key: 's' };
const OF_KEYS = { kind: 'keys', accessKeyId: 'AKIA', secretAccessKey: 's' } as const;
const REQUIRED = { bucket: 'states', key: 'k', region: 'us-east-1' };

/** The scene of a backend's configuration: HCL, in a file that `backend_config` names. */
function sceneOf(hcl: string, values: Values = {}, variables: Values = {}): ConfigScene {
  const folder = values['working_directory'] ? `/w/${values['working_directory']}` : '/w';
  return { files: { [`${folder}/f`]: hcl }, inputs: { ...REQUIRED, ...values }, env: variables };
}

type Values = Readonly<Record<string, string>>;

const credentialsOf = (...args: Parameters<typeof sceneOf>) =>
  scenes.settingsOf('f', sceneOf(...args)).credentials;

const problemsOfBackend = (...args: Parameters<typeof sceneOf>) => scenes.problemsOf('f', sceneOf(...args));

function assumed(differences: Partial<AssumedRole> = {}): AssumedRole {
  return { arn: ROLE, sessionName: 'lockkeeper', durationSeconds: 900, ...differences };
}

describe('a role that is assumed', () => {
  test('is assumed from the credentials at hand, as long as Terraform would', () => {
    expect(settingsOf({ ...KEYS, role_arn: ROLE }).credentials).toEqual({
      kind: 'role',
      role: assumed(),
      from: OF_KEYS,
    });
    expect(settingsOf({ role_arn: ROLE, profile: 'p' }).credentials).toMatchObject({
      from: { kind: 'profile', profile: 'p' },
    });
    expect(settingsOf({ role_arn: ROLE }).credentials).toMatchObject({ from: { kind: 'ambient' } });
  });

  test('has what the inputs say', () => {
    const said = { role_session_name: 'ci', role_duration: '1h30m', external_id: 'x:/1' };
    expect(settingsOf({ role_arn: ROLE, ...said }).credentials).toMatchObject({
      role: assumed({ sessionName: 'ci', durationSeconds: 5400, externalId: 'x:/1' }),
    });
  });

  test('has a session that leads to the run, unless something else is said', () => {
    expect(settingsOf({ role_arn: ROLE }, { GITHUB_RUN_ID: '4711' }).credentials).toMatchObject({
      role: { sessionName: 'lockkeeper-4711' },
    });
  });

  test('has everything that the backend says of it, lists in the order of Terraform', () => {
    const hcl = `
      assume_role = {
        role_arn            = "${ROLE}"
        session_name        = "terraform"
        duration            = "12h"
        external_id         = "id"
        policy              = " {\\"Version\\": \\"2012-10-17\\"} "
        policy_arns         = ["${POLICY}2", "${POLICY}", "${POLICY}"]
        tags                = { team = "infra" }
        transitive_tag_keys = ["team", "a"]
        source_identity     = "ada"
      }`;
    expect(credentialsOf(hcl)).toEqual({
      kind: 'role',
      from: { kind: 'ambient' },
      role: {
        arn: ROLE,
        sessionName: 'terraform',
        durationSeconds: 43_200,
        externalId: 'id',
        policy: '{"Version": "2012-10-17"}',
        policyArns: [POLICY, `${POLICY}2`],
        tags: { team: 'infra' },
        transitiveTagKeys: ['a', 'team'],
        sourceIdentity: 'ada',
      },
    });
  });

  test('has the same under the old names of OpenTofu', () => {
    const hcl = `
      role_arn                        = "${ROLE}"
      session_name                    = "tofu"
      external_id                     = "id"
      assume_role_duration_seconds    = 1200
      assume_role_policy              = "{}"
      assume_role_policy_arns         = ["${POLICY}"]
      assume_role_tags                = { team = "infra" }
      assume_role_transitive_tag_keys = ["team"]`;
    expect(credentialsOf(hcl)).toMatchObject({
      role: assumed({
        sessionName: 'tofu',
        durationSeconds: 1200,
        externalId: 'id',
        policy: '{}',
        policyArns: [POLICY],
        tags: { team: 'infra' },
        transitiveTagKeys: ['team'],
      }),
    });
  });

  test('has no empty lists, which Terraform does not send either', () => {
    const hcl = `assume_role = { role_arn = "${ROLE}", tags = {}, policy_arns = [], transitive_tag_keys = [] }`;
    expect(credentialsOf(hcl)).toMatchObject({ role: assumed() });
  });

  test('as an input replaces that of the backend as a whole', () => {
    const hcl = `assume_role = { role_arn = "${OTHER}", external_id = "of the other", duration = "2h", tags = { a = "b" } }`;
    expect(credentialsOf(hcl.replace('of the other', 'other'), { role_arn: ROLE })).toMatchObject({
      role: assumed(),
    });
  });

  test('of the backend is asked for as single inputs say', () => {
    const hcl = `assume_role = { role_arn = "${ROLE}", external_id = "id" }`;
    expect(credentialsOf(hcl, { role_session_name: 'ci' })).toMatchObject({
      role: assumed({ sessionName: 'ci', externalId: 'id' }),
    });
  });

  test.each([
    ['role_arn', 'arn:aws:iam::123456789012:user/ada', 'the ARN of an IAM role'],
    ['role_arn', 'deploy', 'the ARN of an IAM role'],
    ['role_duration', '14m59s', 'a duration from 15m to 12h'],
    ['role_duration', '12h1s', 'a duration from 15m to 12h'],
    ['external_id', 'a b', '2 to 1,224'],
    ['role_session_name', 'a', '2 to 64'],
    ['role_session_name', 'x'.repeat(65), '2 to 64'],
  ])('is refused where Terraform would refuse it (%s: %s)', (name, text, expected) => {
    expect(problemsOf({ role_arn: ROLE, [name]: text })).toEqual([
      expect.stringContaining(`Input "${name}" must be ${expected}`),
    ]);
  });

  test.each([
    ['policy = "[]"', 'policy'],
    ['policy = "policy.json"', 'policy'],
    ['policy_arns = ["arn:aws:iam::1:role/x"]', 'policy_arns'],
    ['source_identity = "a b"', 'source_identity'],
  ])('is refused where a part is not what AWS takes (%s)', (part, name) => {
    expect(problemsOfBackend(`assume_role = { role_arn = "${ROLE}", ${part} }`)).toEqual([
      expect.stringContaining(`"assume_role.${name}" in f:1 must be `),
    ]);
  });

  test.each(['role_session_name', 'role_duration', 'external_id'])(
    'must be named where something is said of it (%s)',
    (name) => {
      const text = name === 'role_duration' ? '1h' : 'text';
      expect(problemsOf({ [name]: text })).toEqual([
        `Input "${name}" says how a role is assumed, and "role_arn" names none: give that too.`,
      ]);
    },
  );

  test('must be named in the backend too', () => {
    expect(problemsOfBackend('assume_role = { tags = { a = "b" } }')).toEqual([
      '"assume_role.tags" in f:1 says how a role is assumed, and "role_arn" names none: give that too.',
    ]);
  });

  test.each(['role_arn', 'external_id', 'assume_role_tags'])(
    'stands once: %s beside assume_role is refused, as by OpenTofu',
    (name) => {
      const value = name.endsWith('tags') ? '{ a = "b" }' : `"${ROLE}"`;
      expect(problemsOfBackend(`${name} = ${value}\nassume_role = { role_arn = "${ROLE}" }`)).toEqual([
        `"${name}" in f:1 must not stand beside "assume_role" in f:2: what it says belongs in there.`,
      ]);
    },
  );
});

describe("the role of the job's own token", () => {
  const source = (role: object): CredentialSource =>
    ({ kind: 'job-token', role: { arn: ROLE, sessionName: 'lockkeeper', ...role } }) as CredentialSource;

  test('goes before everything that the surroundings say', () => {
    const keys = { AWS_ACCESS_KEY_ID: 'AKIA', AWS_SECRET_ACCESS_KEY: 's' };
    expect(settingsOf({ oidc_role_arn: ROLE }, keys).credentials).toEqual(source({}));
    const hcl = 'access_key = "AKIA"\nsecret_key = "s"\nprofile = "p"';
    expect(credentialsOf(hcl, { oidc_role_arn: ROLE })).toEqual(source({}));
  });

  test('has a name and a duration of its session', () => {
    const said = { role_session_name: 'ci', role_duration: '2h' };
    expect(settingsOf({ oidc_role_arn: ROLE, ...said }).credentials).toEqual(
      source({ sessionName: 'ci', durationSeconds: 7200 }),
    );
  });

  test('is what another role is assumed from, whose session alone the duration is for', () => {
    const said = { role_session_name: 'ci', role_duration: '1h' };
    expect(settingsOf({ oidc_role_arn: ROLE, role_arn: OTHER, ...said }).credentials).toEqual({
      kind: 'role',
      role: assumed({ arn: OTHER, sessionName: 'ci', durationSeconds: 3600 }),
      from: source({ sessionName: 'ci' }),
    });
  });

  test.each(['access_key', 'profile', 'shared_credentials_file', 'aws_creds_path'])(
    'excludes the input %s, which says who signs, too',
    (name) => {
      const keys: Readonly<Record<string, string>> = name === 'access_key' ? { secret_key: 's' } : {};
      expect(problemsOf({ oidc_role_arn: ROLE, [name]: '/f', ...keys })).toContain(
        `Inputs "oidc_role_arn" and "${name}" must not both be given: each says who signs.`,
      );
    },
  );

  test('takes no external ID: nobody could ask for it', () => {
    expect(problemsOf({ oidc_role_arn: ROLE, external_id: 'id' })).toEqual([
      'Input "external_id" says how a role is assumed, and "role_arn" names none: give that too.',
    ]);
  });
});

describe("the backend's role with a web identity", () => {
  const BLOCK = 'assume_role_with_web_identity';
  const role = { arn: ROLE, sessionName: 'lockkeeper' };

  test('has everything that is said of it', () => {
    const hcl = `
      ${BLOCK} = {
        role_arn           = "${ROLE}"
        session_name       = "web"
        duration           = "1h"
        policy             = "{}"
        policy_arns        = ["${POLICY}"]
        web_identity_token = "a-token"
      }`;
    expect(credentialsOf(hcl)).toEqual({
      kind: 'web-identity',
      role: { arn: ROLE, sessionName: 'web', durationSeconds: 3600, policy: '{}', policyArns: [POLICY] },
      token: { kind: 'text', text: 'a-token' },
    });
  });

  test('goes before a profile and keys of the environment, and after keys of the backend, as in Terraform', () => {
    const hcl = `${BLOCK} = { role_arn = "${ROLE}", web_identity_token = "token" }\nprofile = "p"\n`;
    const variables = { AWS_ACCESS_KEY_ID: 'AKIA', AWS_SECRET_ACCESS_KEY: 's' };
    expect(credentialsOf(hcl, {}, variables)).toMatchObject({ kind: 'web-identity' });
    expect(credentialsOf(`${hcl}access_key = "AKIA"\nsecret_key = "s"`)).toMatchObject({ kind: 'keys' });
  });

  test('is what another role is assumed from', () => {
    const hcl = `${BLOCK} = { role_arn = "${OTHER}", web_identity_token = "token" }\nassume_role = { role_arn = "${ROLE}" }`;
    expect(credentialsOf(hcl)).toMatchObject({
      kind: 'role',
      role: { arn: ROLE },
      from: { kind: 'web-identity', role: { arn: OTHER } },
    });
  });

  test('reads a file below the folder in which Terraform runs', () => {
    const hcl = `${BLOCK} = { role_arn = "${ROLE}", web_identity_token_file = "token" }`;
    expect(credentialsOf(hcl, { working_directory: 'infra' })).toEqual({
      kind: 'web-identity',
      role,
      token: { kind: 'file', path: '/w/infra/token' },
    });
  });

  test('is completed by the variables, as in OpenTofu', () => {
    const variables = {
      AWS_ROLE_ARN: ROLE,
      AWS_ROLE_SESSION_NAME: 'env',
      AWS_WEB_IDENTITY_TOKEN: 'env-token',
      AWS_WEB_IDENTITY_TOKEN_FILE: '/f',
    };
    expect(credentialsOf(`${BLOCK} = { duration = "1h" }`, {}, variables)).toEqual({
      kind: 'web-identity',
      role: { arn: ROLE, sessionName: 'env', durationSeconds: 3600 },
      token: { kind: 'text', text: 'env-token' },
    });
    const ofFile = `${BLOCK} = { web_identity_token_file = "/token" }`;
    expect(credentialsOf(ofFile, {}, variables)).toMatchObject({ token: { kind: 'file', path: '/token' } });
  });

  test('is not made of variables alone: those are one of the places that the SDK looks at', () => {
    const variables = { AWS_ROLE_ARN: ROLE, AWS_WEB_IDENTITY_TOKEN_FILE: '/f' };
    expect(settingsOf({}, variables).credentials).toEqual({ kind: 'ambient' });
  });

  test.each([
    ['web_identity_token = "token"', `"${BLOCK}" must have a "role_arn", or the environment`],
    [`role_arn = "${ROLE}"`, `"${BLOCK}" must have a "web_identity_token" or a`],
    [
      `role_arn = "${ROLE}", web_identity_token = "token", web_identity_token_file = "/f"`,
      'must not both be given: each has the token.',
    ],
    [`role_arn = "${ROLE}", web_identity_token = "x y"`, 'must be a token of 4 to 20,000 characters'],
  ])('is refused where it says too little, or too much (%s)', (parts, problem) => {
    expect(problemsOfBackend(`${BLOCK} = { ${parts} }`)).toEqual([expect.stringContaining(problem)]);
  });

  test('never shows the token', () => {
    const hcl = `${BLOCK} = { role_arn = "${ROLE}", web_identity_token = "hush hush" }`;
    const problems = problemsOfBackend(hcl);
    expect(problems.join()).not.toContain('hush');
    expect(scenes.configOf('f', sceneOf(hcl)).secrets).toContain('hush hush');
  });
});
