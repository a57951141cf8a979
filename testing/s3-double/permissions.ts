import { type S3Error, s3Error } from './errors.js';
import { header, type S3Request } from './request.js';

/** One thing that somebody wants to do. */
export interface Permission {
  /** As in a policy: `s3:GetObject`, `kms:Decrypt`. */
  readonly action: string;
  /** `bucket`, `bucket/key`, or the key's id for KMS. */
  readonly resource: string;
}

/** A rule that denies. A `*` at the end of either text stands for anything; without a resource, everything is meant. */
export interface DenyRule {
  readonly action: string;
  readonly resource?: string;
}

export type Deny = readonly DenyRule[] | ((permission: Permission) => boolean);

export function isDenied(deny: Deny, permission: Permission): boolean {
  if (typeof deny === 'function') return deny(permission);
  return deny.some(
    ({ action, resource = '*' }) =>
      covers(action, permission.action) && covers(resource, permission.resource),
  );
}

function covers(pattern: string, text: string): boolean {
  return pattern.endsWith('*') ? text.startsWith(pattern.slice(0, -1)) : text === pattern;
}

/** The refusal in the words of AWS, from which people read which permission is missing. */
export function accessDenied(accessKeyId: string, { action, resource }: Permission): S3Error {
  const arn = action.startsWith('s3:') ? `arn:aws:s3:::${resource}` : resource;
  const message =
    `User: arn:aws:iam::123456789012:user/${accessKeyId} is not authorized to perform: ${action} ` +
    `on resource: "${arn}" because no identity-based policy allows the ${action} action`;
  return s3Error('AccessDenied', {}, { message });
}

/**
 * What a request needs beyond its operation's own action. Actions on one version have names of their own; conditions,
 * tags, ACLs and copies each need a further permission.
 */
export function requiredPermissions(operationAction: string, request: S3Request): Permission[] {
  const { bucket, key, query, headers } = request;
  // DeleteObjects: each key is judged by itself, in the handler.
  if (operationAction === 's3:DeleteObject' && key === '') return [];
  const resource = key === '' ? bucket : `${bucket}/${key}`;
  const actions = [query.has('versionId') ? versionAction(operationAction) : operationAction];
  const ifMatch = header(headers, 'if-match');
  if (changesObjects(operationAction) && ifMatch && ifMatch !== '*') actions.push('s3:GetObject');
  if (headers['x-amz-tagging']) actions.push('s3:PutObjectTagging');
  if (headers['x-amz-object-lock-mode']) actions.push('s3:PutObjectRetention');
  if (headers['x-amz-acl']) actions.push('s3:PutObjectAcl');
  return actions.map((action) => ({ action, resource }));
}

function changesObjects(action: string): boolean {
  return action === 's3:PutObject' || action === 's3:DeleteObject';
}

/** @example versionAction('s3:GetObjectTagging') // 's3:GetObjectVersionTagging' */
export function versionAction(action: string): string {
  return action.replace(/^s3:(Get|Put|Delete)Object(?!Version)/, 's3:$1ObjectVersion');
}
