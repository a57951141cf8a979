import { createHash } from 'node:crypto';
import { BUCKET, TABLE } from '../../testing/environment.js';
import type { ProxiedRequest } from '../../testing/fault-proxy.js';
import type { StepResult } from '../../testing/runner.js';
import type { StoredObject } from '../../testing/s3-double/index.js';
import { THEIR_ID, theirInfo } from '../../testing/test-data.js';
import { nameOf, type Scene } from '../scenarios/scene.js';
import { newNormaliser } from './normalise.js';
import type { Scenario } from './scenarios.js';

/** What belongs to the scene and to none of its jobs. */
const STRANGERS = 'other/';

/** Runs a scenario and writes down all that a user, Terraform or a server sees of it; what varies is replaced. */
export async function transcribe(scenario: Scenario, scene: Scene): Promise<string> {
  const { name, kind, options, arrange, runMain, meanwhile, repeats = false } = scenario;
  await arrange?.(scene);
  const job = await scene.startJob(kind, options);
  const normalise = newNormaliser({
    fixed: [THEIR_ID, theirInfo().Created],
    named: [
      [new URL(scene.s3Proxy.endpoint).host, '<S3>'],
      [new URL(scene.dynamodbProxy.endpoint).host, '<DYNAMODB>'],
      [job.workspace, '<WORKSPACE>'],
    ],
  });
  const describe = async (step: string, run: () => Promise<StepResult>): Promise<string[]> => {
    const servers = [scene.s3Proxy, scene.dynamodbProxy];
    for (const server of servers) server.clearRequests();
    const result = await run();
    const [toS3 = [], toDynamodb = []] = servers.map(({ requests }) => requests.map(describeRequest));
    const sections = [
      ['exit code', String(result.exitCode ?? result.signal)],
      ['requests to S3', ...collapse(toS3.map(normalise), repeats)],
      ['requests to DynamoDB', ...collapse(toDynamodb.map(normalise), repeats)],
      ['log', result.stdout],
      ['outputs', ...assignments(result.outputs)],
      ['environment', ...assignments(result.env)],
      ['summary', result.summary],
      ['DynamoDB items', ...(await describeItems(scene))],
      ['S3 objects', ...describeObjects(scene)],
    ];
    return sections.map(([title, ...lines]) => {
      const text = normalise(lines.join('\n'));
      return `## ${step}: ${title}\n\n${text || '(none)'}\n`;
    });
  };

  const main = await describe('main', () => (runMain ? runMain(scene, job) : job.main()));
  await meanwhile?.(scene);
  const post = await describe('post', () => job.post());
  return [`# ${name}\n`, ...main, ...post].join('\n');
}

/** Without those of signatures, connections and the SDK itself. */
const HEADERS =
  /^(if-match|if-none-match|content-type|x-amz-acl|x-amz-sdk-checksum-algorithm|x-amz-server-side-encryption.*|x-amz-meta-.*)$/;

function describeRequest(request: ProxiedRequest): string {
  const { operation, method, url, headers, body } = request;
  if (operation !== undefined) return `${operation} ${sortedJson(JSON.parse(body.toString()))}`;
  const lines = Object.entries(headers).filter(([name]) => HEADERS.test(name));
  return [
    `${method} ${url}`,
    ...lines.map(([name, value]) => `  ${name}: ${value}`).sort(),
    ...(nameOf(request) === 'PUT lockfile' ? [`  body: ${body}`] : []),
  ].join('\n');
}

/** How often a job asks while it waits is a matter of chance. */
function collapse(requests: readonly string[], repeats: boolean): readonly string[] {
  if (!repeats) return requests;
  const count = (wanted: string) => requests.filter((request) => request === wanted).length;
  return [...new Set(requests)].map((request) => (count(request) > 1 ? `(repeated) ${request}` : request));
}

function assignments(values: Readonly<Record<string, string>>): string[] {
  return Object.entries(values)
    .map(([name, value]) => `${name}=${value}`)
    .sort();
}

async function describeItems({ dynamodb }: Scene): Promise<string[]> {
  const items = await dynamodb.scan(TABLE);
  const own = items.filter(({ LockID }) => !LockID?.startsWith(`${BUCKET}/${STRANGERS}`));
  return own.map(sortedJson).sort();
}

function describeObjects({ s3 }: Scene): string[] {
  const keys = s3.listKeys(BUCKET).filter((key) => !key.startsWith(STRANGERS));
  return keys.map((key) => describeObject(key, s3.getObject(BUCKET, key) as StoredObject));
}

function describeObject(key: string, { contentHeaders, metadata, encryption, acl, body }: StoredObject) {
  const content = key.endsWith('.tflock')
    ? { body: body.toString() }
    : { size: String(body.length), md5: createHash('md5').update(body).digest('hex') };
  const meta = Object.entries(metadata).map(([name, value]) => [`x-amz-meta-${name}`, value] as const);
  const facts = Object.entries({ ...contentHeaders, ...Object.fromEntries(meta), acl, ...content });
  const lines = facts.flatMap(([name, value]) => (value === undefined ? [] : [`  ${name}: ${value}`]));
  return [key, ...lines.sort(), `  encryption: ${JSON.stringify(encryption)}`].join('\n');
}

/** Over several lines. The order of names means nothing to whoever reads them. */
function sortedJson(value: unknown): string {
  const sortNames = (_: string, inner: unknown): unknown =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner;
  return JSON.stringify(value, sortNames, 2);
}
