import { readFileSync } from 'node:fs';
import type { Statement } from '../../testing/iam-policy.js';
import type { Account } from './aws-account.js';

const PAGE = readFileSync('docs/setup.md', 'utf8');
const [CLI_WAY = '', TERRAFORM_WAY = ''] = PAGE.split('\n## With ').slice(1);

/** All that a reader copies into a shell, from top to bottom. */
export const COMMANDS = blocks(CLI_WAY, 'sh').join('\n');
/** The statement that stands for the table's where the backend takes a lockfile. */
export const LOCKFILE_STATEMENT: Statement = JSON.parse(blocks(CLI_WAY, 'json').join());
/** What leads Terraform there. */
export const BACKEND_BLOCK = blocks(CLI_WAY, 'hcl').join();
/** `policies.tf` and `main.tf`. */
export const CONFIGURATION = blocks(TERRAFORM_WAY, 'hcl');

function blocks(text: string, language: string): string[] {
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(
    ([, block = '']) => block,
  );
}

/** What the page calls its things, such as `BUCKET`. */
export function nameOnPage(variable: string): string {
  const value = new RegExp(`^(?:export )?${variable}=(\\S+)`, 'm').exec(COMMANDS)?.[1];
  if (value === undefined) throw new Error(`docs/setup.md does not set ${variable}.`);
  return value;
}

export const BUCKET = nameOnPage('BUCKET');
export const KEY = nameOnPage('KEY');
export const TABLE = nameOnPage('TABLE');
const ROLE = nameOnPage('ROLE');

export interface Policy {
  readonly Statement: readonly (Statement & { readonly Sid?: string })[];
}

/** What the account has of the page's policies, by their names in `policies.tf`. */
export async function policiesIn(account: Account) {
  const [tls, role, state] = await Promise.all([
    account.ask('s3api', 'get-bucket-policy', '--bucket', BUCKET),
    account.ask('iam', 'get-role', '--role-name', ROLE),
    account.ask('iam', 'get-role-policy', '--role-name', ROLE, '--policy-name', 'terraform-state'),
  ]);
  return {
    tls_only: JSON.parse((tls as { Policy: string }).Policy) as Policy,
    trust: (role as { Role: { AssumeRolePolicyDocument: Policy } }).Role.AssumeRolePolicyDocument,
    state: (state as { PolicyDocument: Policy }).PolicyDocument,
  };
}
