import { resolve } from 'node:path';
import type { roleInputs } from './attributes/roles.js';
import type { Environment } from './environment.js';
import { filePath, type PathContext, textMap, wholeNumber } from './formats.js';
import { CONFIGURED, type InputReader, type Origin } from './input-reader.js';
import {
  externalId,
  policy,
  policyArns,
  roleArn,
  roleDuration,
  sessionName,
  textSet,
  webIdentityToken,
} from './role-formats.js';
import type { AssumedRole, BaseSource, TokenRole, WebIdentityToken } from './settings.js';

export type RoleReader = InputReader<typeof roleInputs>;

type RoleInput = keyof typeof roleInputs;

/** What Terraform asks for where nothing is said, and so less than AWS's own default. */
export const DEFAULT_SECONDS = 15 * 60;

/** What says how a role is taken, and so nothing without one. */
const OF_A_ROLE = [
  'external_id',
  'assume_role.policy',
  'assume_role.policy_arns',
  'assume_role.tags',
  'assume_role.transitive_tag_keys',
  'assume_role.source_identity',
] as const satisfies readonly RoleInput[];

/** The same, also of the role that is taken with the job's token. */
const OF_ANY_ROLE = [
  'role_session_name',
  'role_duration',
  'assume_role_duration_seconds',
] as const satisfies readonly RoleInput[];

/**
 * The role that is assumed from the credentials at hand. An input `role_arn` replaces the `assume_role` of the backend as a
 * whole, as `init` replaces a nested object.
 */
export function parseAssumedRole(inputs: RoleReader, env: Environment): AssumedRole | undefined {
  const given = inputs.given('role_arn');
  if (given === undefined) {
    reportWithoutRole(inputs);
    return undefined;
  }
  const origins: readonly Origin[] = given.origin === 'input' ? ['input'] : CONFIGURED;
  const arns = inputs.read('assume_role.policy_arns', policyArns, origins);
  const tags = inputs.read('assume_role.tags', textMap, origins);
  const transitiveTagKeys = inputs.read('assume_role.transitive_tag_keys', textSet, origins);
  const seconds = inputs.read('assume_role_duration_seconds', wholeNumber, origins);
  return {
    arn: inputs.read('role_arn', roleArn) ?? '',
    sessionName: inputs.read('role_session_name', sessionName, origins) ?? sessionOfRun(env),
    durationSeconds: inputs.read('role_duration', roleDuration, origins) || seconds || DEFAULT_SECONDS,
    externalId: inputs.read('external_id', externalId, origins),
    policy: inputs.read('assume_role.policy', policy, origins),
    policyArns: arns?.length ? arns : undefined,
    tags: tags && Object.keys(tags).length > 0 ? tags : undefined,
    transitiveTagKeys: transitiveTagKeys?.length ? transitiveTagKeys : undefined,
    sourceIdentity: inputs.read('assume_role.source_identity', sessionName, origins),
  };
}

function reportWithoutRole(inputs: RoleReader): void {
  const hasJobToken = inputs.given('oidc_role_arn') !== undefined;
  for (const name of hasJobToken ? OF_A_ROLE : [...OF_A_ROLE, ...OF_ANY_ROLE]) {
    const given = inputs.given(name);
    if (given)
      inputs.report(`${given.place} says how a role is assumed, and "role_arn" names none: give that too.`);
  }
}

/** The role that is taken with the job's own token. Its session is as short as the next role's would have to be. */
export function parseJobTokenRole(inputs: RoleReader, env: Environment): BaseSource | undefined {
  if (inputs.given('oidc_role_arn') === undefined) return undefined;
  const isLast = inputs.given('role_arn') === undefined;
  const role = {
    arn: inputs.read('oidc_role_arn', roleArn) ?? '',
    sessionName: inputs.read('role_session_name', sessionName, ['input']) ?? sessionOfRun(env),
    durationSeconds: isLast ? inputs.read('role_duration', roleDuration, ['input']) : undefined,
  };
  return { kind: 'job-token', role };
}

const WEB_IDENTITY = [
  'assume_role_with_web_identity.role_arn',
  'assume_role_with_web_identity.session_name',
  'assume_role_with_web_identity.duration',
  'assume_role_with_web_identity.policy',
  'assume_role_with_web_identity.policy_arns',
  'assume_role_with_web_identity.web_identity_token',
  'assume_role_with_web_identity.web_identity_token_file',
] as const satisfies readonly RoleInput[];

/** The role of the backend's `assume_role_with_web_identity`, if there is one. Then its variables count, as in OpenTofu. */
export function parseWebIdentity(inputs: RoleReader, context: PathContext): BaseSource | undefined {
  if (!WEB_IDENTITY.some((name) => inputs.given(name, CONFIGURED))) return undefined;
  const arn = inputs.read('assume_role_with_web_identity.role_arn', roleArn);
  if (inputs.given('assume_role_with_web_identity.role_arn') === undefined) {
    inputs.report(
      '"assume_role_with_web_identity" must have a "role_arn", or the environment variable "AWS_ROLE_ARN".',
    );
  }
  const arns = inputs.read('assume_role_with_web_identity.policy_arns', policyArns);
  const role: TokenRole = {
    arn: arn ?? '',
    sessionName:
      inputs.read('assume_role_with_web_identity.session_name', sessionName) ?? sessionOfRun(context.env),
    durationSeconds: inputs.read('assume_role_with_web_identity.duration', roleDuration),
    policy: inputs.read('assume_role_with_web_identity.policy', policy),
    policyArns: arns?.length ? arns : undefined,
  };
  return { kind: 'web-identity', role, token: tokenOf(inputs, context) };
}

const TOKEN = 'assume_role_with_web_identity.web_identity_token';
const TOKEN_FILE = 'assume_role_with_web_identity.web_identity_token_file';

/** What the backend says goes before the variables. */
function tokenOf(inputs: RoleReader, context: PathContext): WebIdentityToken {
  for (const origins of [CONFIGURED, ['environment']] satisfies (readonly Origin[])[]) {
    const [text, file] = [inputs.given(TOKEN, origins), inputs.given(TOKEN_FILE, origins)];
    if (text && file && origins === CONFIGURED) {
      inputs.report(`${text.place} and ${file.place} must not both be given: each has the token.`);
    }
    if (text) return { kind: 'text', text: inputs.read(TOKEN, webIdentityToken, origins) ?? '' };
    if (file) {
      const path = inputs.read(TOKEN_FILE, filePath(context), origins) ?? '';
      return { kind: 'file', path: resolve(context.folder ?? '.', path) };
    }
  }
  inputs.report(
    '"assume_role_with_web_identity" must have a "web_identity_token" or a "web_identity_token_file".',
  );
  return { kind: 'text', text: '' };
}

/** So that CloudTrail leads to the run. */
export function sessionOfRun(env: Environment): string {
  const runId = env['GITHUB_RUN_ID'];
  return runId && /^\d{1,32}$/.test(runId) ? `lockkeeper-${runId}` : 'lockkeeper';
}
