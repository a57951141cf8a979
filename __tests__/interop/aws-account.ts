import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { type FaultProxy, type ProxiedRequest, startFaultProxy } from '../../testing/fault-proxy.js';
import { answerInstead, dynamodbError, s3Error } from '../../testing/faults.js';
import { allows, type Request, type Statement } from '../../testing/iam-policy.js';
import { TOOLS_FOLDER, toolPath } from '../../testing/interop-tools.js';
import { startMoto } from '../../testing/moto.js';

export const REGION = 'us-east-1';
export const ACCOUNT_ID = '123456789012';

/** An account of AWS that is new, and the shell of somebody who may do everything in it. */
export interface Account {
  readonly endpoint: string;
  /** Runs commands in a folder of their own; the first that fails ends them, and so does a variable that nobody set. */
  runInShell(commands: string): Promise<void>;
  /** What the AWS CLI answers, as JSON. */
  ask(...args: readonly string[]): Promise<unknown>;
  /** From now on, nobody may do what the policy does not allow. */
  enforce(policy: readonly Statement[]): void;
  /** Everybody may do everything again. */
  enforceNothing(): void;
  close(): Promise<void>;
}

export async function newAccount(): Promise<Account> {
  const moto = await startMoto();
  const proxy = await startFaultProxy(moto.endpoint);
  const folder = mkdtempSync(join(tmpdir(), 'lockkeeper-setup-'));
  const options = {
    cwd: folder,
    env: {
      PATH: [TOOLS_FOLDER, process.env['PATH'] ?? ''].join(delimiter),
      HOME: folder,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_DEFAULT_REGION: REGION,
      AWS_DEFAULT_OUTPUT: 'json',
      AWS_ENDPOINT_URL: proxy.endpoint,
    },
  };
  return {
    endpoint: proxy.endpoint,
    runInShell: async (commands) => {
      await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', commands], options);
    },
    ask: async (...args) => {
      const { stdout } = await promisify(execFile)(toolPath('aws'), args, options);
      return stdout === '' ? undefined : JSON.parse(stdout);
    },
    enforce: (policy) => refuseBeyond(policy, proxy),
    enforceNothing: () => proxy.clearRules(),
    close: async () => {
      await proxy.close();
      await moto.close();
      rmSync(folder, { recursive: true });
    },
  };
}

function refuseBeyond(policy: readonly Statement[], proxy: FaultProxy): void {
  const refused = (request: ProxiedRequest) => !allows(policy, meaningOf(request));
  proxy.addRule({
    match: (request) => request.operation !== undefined && refused(request),
    action: answerInstead(dynamodbError('AccessDeniedException', 'Not in the policy.')),
  });
  proxy.addRule({
    match: refused,
    action: answerInstead(s3Error(403, 'AccessDenied', 'Not in the policy.')),
  });
}

const OBJECT_ACTIONS: Readonly<Record<string, string>> = {
  GET: 's3:GetObject',
  HEAD: 's3:GetObject',
  PUT: 's3:PutObject',
  DELETE: 's3:DeleteObject',
};

/** What a policy calls a request. Buckets are addressed by path here. */
function meaningOf({ method, url, operation, body }: ProxiedRequest): Request {
  if (operation !== undefined) {
    const { TableName } = JSON.parse(body.toString());
    return {
      action: `dynamodb:${operation}`,
      resource: `arn:aws:dynamodb:${REGION}:${ACCOUNT_ID}:table/${TableName}`,
    };
  }
  const { pathname } = new URL(url, 'http://s3');
  const [, bucket, key] = /^\/([^/]+)\/?(.*)$/.exec(decodeURIComponent(pathname)) ?? [];
  if (!key)
    return { action: method === 'GET' ? 's3:ListBucket' : method, resource: `arn:aws:s3:::${bucket}` };
  return { action: OBJECT_ACTIONS[method] ?? method, resource: `arn:aws:s3:::${bucket}/${key}` };
}
