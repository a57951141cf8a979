import { ACTIONS, type InputRows } from './row.js';

const NO_INPUT = { from: 'backend', actions: [] } as const;

/**
 * The roles that are taken before anything is signed.
 * @see https://developer.hashicorp.com/terraform/language/backend/s3#assume-role-configuration
 */
export const roleInputs = {
  role_arn: {
    type: 'role ARN',
    from: 'backend',
    only: 'OpenTofu',
    actions: ACTIONS,
    description:
      "ARN of the IAM role to assume from the credentials at hand, as in Terraform's `assume_role`. As an input it replaces the " +
      '`assume_role` of the backend as a whole.',
  },
  role_session_name: {
    type: 'session name',
    from: 'terraform',
    actions: ACTIONS,
    description:
      'Name of the session of the role, which CloudTrail shows. Without it, `lockkeeper-` and the ID of the run. It names the ' +
      'sessions of `role_arn` and of `oidc_role_arn`.',
  },
  role_duration: {
    type: 'role duration',
    from: 'terraform',
    actions: ACTIONS,
    description:
      'How long a session of the role lasts, from `15m` to `12h`, and no longer than the role allows; of `role_arn` if there is ' +
      'one, else of `oidc_role_arn`. Without it, 15 minutes as in Terraform, or an hour with `oidc_role_arn`. A session that has ' +
      'ended is taken anew.',
  },
  external_id: {
    type: 'external ID',
    from: 'backend',
    only: 'OpenTofu',
    actions: ACTIONS,
    description: 'The external ID that the trust policy of `role_arn` asks for.',
  },
  oidc_role_arn: {
    type: 'role ARN',
    from: 'ours',
    actions: ACTIONS,
    description:
      "ARN of the IAM role to take with the job's own OIDC token, and again in the post step, however long the job took. The job " +
      'needs the permission `id-token: write`, and the trust policy of the role must trust GitHub. It goes before all other ' +
      'credentials; `role_arn`, if there is one, is assumed from it.',
  },
  'assume_role.policy': {
    ...NO_INPUT,
    type: 'policy',
    description: 'Policy that narrows what the session of the role may do.',
  },
  'assume_role.policy_arns': {
    ...NO_INPUT,
    type: 'list',
    description: 'ARNs of policies that narrow what the session of the role may do.',
  },
  'assume_role.tags': { ...NO_INPUT, type: 'map', description: 'Tags of the session of the role.' },
  'assume_role.transitive_tag_keys': {
    ...NO_INPUT,
    type: 'list',
    description: 'Keys of the tags that go on to roles assumed from the session.',
  },
  'assume_role.source_identity': {
    ...NO_INPUT,
    only: 'Terraform',
    type: 'session name',
    description: 'Who assumes the role, for CloudTrail; it stays with all roles assumed from the session.',
  },
  assume_role_duration_seconds: {
    ...NO_INPUT,
    only: 'OpenTofu',
    type: 'whole number',
    description: 'The same as `role_duration`, in seconds.',
  },
  'assume_role_with_web_identity.role_arn': {
    ...NO_INPUT,
    type: 'role ARN',
    environment: ['AWS_ROLE_ARN'],
    description:
      'ARN of the IAM role to take with a web identity token. The variables of this and the next rows count, as in OpenTofu, ' +
      'where the backend has `assume_role_with_web_identity`; without it they are one of the places where credentials are ' +
      'looked for. As in Terraform, access keys of the backend go before it, and it goes before all others.',
  },
  'assume_role_with_web_identity.session_name': {
    ...NO_INPUT,
    type: 'session name',
    environment: ['AWS_ROLE_SESSION_NAME'],
    description: 'Name of that session. Without it, `lockkeeper-` and the ID of the run.',
  },
  'assume_role_with_web_identity.duration': {
    ...NO_INPUT,
    type: 'role duration',
    description: 'How long that session lasts. Without it, an hour.',
  },
  'assume_role_with_web_identity.policy': {
    ...NO_INPUT,
    type: 'policy',
    description: 'Policy that narrows what that session may do.',
  },
  'assume_role_with_web_identity.policy_arns': {
    ...NO_INPUT,
    type: 'list',
    description: 'ARNs of policies that narrow what that session may do.',
  },
  'assume_role_with_web_identity.web_identity_token': {
    ...NO_INPUT,
    type: 'web identity token',
    environment: ['AWS_WEB_IDENTITY_TOKEN'],
    secret: true,
    description: 'The token itself. Excludes `web_identity_token_file`.',
  },
  'assume_role_with_web_identity.web_identity_token_file': {
    ...NO_INPUT,
    type: 'file path',
    environment: ['AWS_WEB_IDENTITY_TOKEN_FILE'],
    description: 'Path of a file that has the token. It is read anew each time that the role is taken.',
  },
} as const satisfies InputRows;
