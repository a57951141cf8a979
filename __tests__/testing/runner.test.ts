import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { parseCommandFile } from '../../testing/command-files.js';
import { type Job, startJob } from '../../testing/job.js';
import { runStep } from '../../testing/runner.js';
import { newStepLog } from '../../testing/step-log.js';
import { parseCommand } from '../../testing/workflow-commands.js';

const MANIFEST = `
name: Fake
inputs:
  bucket name: { required: true }
  region: { default: us-east-1 }
  token: { default: '\${{ github.token }}' }
runs: { using: node24, main: main.mjs, post: post.mjs }
`;

const MAIN = `
import { appendFileSync } from 'node:fs';
const { env } = process;
const write = (file, text) => appendFileSync(env[file], text);
console.log('Inputs: ' + JSON.stringify([env.INPUT_BUCKET_NAME, env.INPUT_REGION]));
console.log('token is ' + env.INPUT_TOKEN);
console.log('::add-mask::hunter2');
console.log('the password is hunter2');
write('GITHUB_STATE', 'lock<<END\\n{\\n}\\nEND\\n');
write('GITHUB_OUTPUT', 'locked=true\\n');
write('GITHUB_ENV', 'TF_CLI_ARGS_plan=-lock=false\\n');
write('GITHUB_PATH', '/opt/tools\\n');
write('GITHUB_STEP_SUMMARY', '# Done\\n');
if (env.INPUT_BUCKET_NAME === 'slow') {
  process.on('SIGINT', () => { console.log('::error title=Cancelled::Interrupted%0Ain the middle'); process.exit(1); });
  setInterval(() => {}, 1000);
  console.log('waiting');
}
`;

const POST = `
const { env } = process;
console.log(JSON.stringify([env.STATE_lock, env.INPUT_BUCKET_NAME, env.TF_CLI_ARGS_plan, env.PATH.split(':')[0]]));
process.exitCode = env.HOME_CREDENTIALS ? 1 : 0;
`;

let action: string;

/** @returns the folder of a new action */
async function createAction(main: string, post = POST): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'lockkeeper-action-'));
  await writeFile(join(folder, 'action.yml'), MANIFEST);
  await writeFile(join(folder, 'main.mjs'), main);
  await writeFile(join(folder, 'post.mjs'), post);
  return folder;
}

beforeAll(async () => {
  action = await createAction(MAIN);
});

afterAll(() => rm(action, { recursive: true }));

describe('a step', () => {
  test('has its inputs, given or by default, and leaves its results', async () => {
    const result = await runStep({ entry: 'main', action, inputs: { 'bucket name': 'state' } });
    expect(result).toMatchObject({
      exitCode: 0,
      signal: null,
      outputs: { locked: 'true' },
      state: { lock: '{\n}' },
      env: { TF_CLI_ARGS_plan: '-lock=false' },
      paths: ['/opt/tools'],
      summary: '# Done\n',
      masks: ['hunter2'],
    });
    expect(result.stdout).toContain('the password is hunter2');
    expect(result.log).toBe('Inputs: ["state","us-east-1"]\ntoken is ***\nthe password is ***');
  });

  test('has an empty input where there is no default', async () => {
    const { log } = await runStep({ entry: 'main', action });
    expect(log).toContain('Inputs: ["","us-east-1"]');
  });

  test('sees nothing of the credentials of whoever runs it', async () => {
    const printing = await createAction('console.log(JSON.stringify(process.env))');
    process.env['AWS_ACCESS_KEY_ID'] = 'AKIAMINE';
    try {
      const { stdout } = await runStep({ entry: 'main', action: printing });
      expect(stdout).not.toContain('AKIAMINE');
      expect(JSON.parse(stdout)).toMatchObject({ AWS_EC2_METADATA_DISABLED: 'true', GITHUB_RUN_ID: '4711' });
    } finally {
      delete process.env['AWS_ACCESS_KEY_ID'];
      await rm(printing, { recursive: true });
    }
  });

  test('is ended when it goes over its time limit', async () => {
    const inputs = { 'bucket name': 'slow' };
    await expect(runStep({ entry: 'main', action, inputs, timeLimitMs: 50 })).rejects.toThrow(/did not end/);
  });
});

describe('a job', () => {
  let job: Job;

  afterEach(() => job.close());

  test('hands to post what main saved and exported, and no input', async () => {
    job = await startJob({ action, inputs: { 'bucket name': 'state' } });
    await job.main();
    expect(job.environment()).toMatchObject({ TF_CLI_ARGS_plan: '-lock=false' });
    const { stdout } = await job.post();
    expect(JSON.parse(stdout)).toEqual(['{\n}', 'corrupted', '-lock=false', '/opt/tools']);
  });

  test('lets a step in between change the environment of post', async () => {
    job = await startJob({ action });
    await job.main();
    job.exportEnv({ HOME_CREDENTIALS: 'others' });
    expect((await job.post()).exitCode).toBe(1);
  });

  test('can be cancelled, and main has saved its state all the same', async () => {
    job = await startJob({ action, inputs: { 'bucket name': 'slow' } });
    const main = await job.startMain();
    await main.waitForLog('waiting');
    main.sendSignal('SIGINT');
    const result = await main.result;
    expect(result.exitCode).toBe(1);
    expect(result.errors).toEqual([{ title: 'Cancelled', message: 'Interrupted\nin the middle' }]);
    expect(JSON.parse((await job.post()).stdout)[0]).toBe('{\n}');
  });

  test('can lose main to a SIGKILL', async () => {
    job = await startJob({ action, inputs: { 'bucket name': 'slow' } });
    const main = await job.startMain();
    await main.waitForLog(/wait/);
    main.sendSignal('SIGKILL');
    expect(await main.result).toMatchObject({ exitCode: null, signal: 'SIGKILL' });
    expect(JSON.parse((await job.post()).stdout)[0]).toBe('{\n}');
  });

  test('says so if a step ends without the text that was waited for', async () => {
    job = await startJob({ action });
    const main = await job.startMain();
    await expect(main.waitForLog('never said')).rejects.toThrow(/without never said in its log:\nInputs/);
  });
});

describe('a workflow command', () => {
  test.each([
    ['::error::plain', { name: 'error', properties: {}, message: 'plain' }],
    [
      '  ::Error title=a%2C b%3A c,file=x::100%25%0Asure',
      { name: 'error', properties: { title: 'a, b: c', file: 'x' }, message: '100%\nsure' },
    ],
    ['text ##[add-mask]secret', { name: 'add-mask', properties: {}, message: 'secret' }],
    ['::unknown::##[warning]both forms', { name: 'warning', properties: {}, message: 'both forms' }],
  ])('is read from %s', (line, command) => {
    expect(parseCommand(line)).toEqual(command);
  });

  test.each(['text ::error::in the middle', '::unknown::x', 'plain', '::error', '##[error'])(
    'is not seen in %s',
    (line) => {
      expect(parseCommand(line)).toBeUndefined();
    },
  );
});

describe('the log', () => {
  const logOf = (...lines: string[]) => {
    const log = newStepLog([]);
    for (const line of lines) log.add(line);
    return log;
  };

  test('shows annotations, hides debug lines, and masks from the command on', () => {
    const log = logOf(
      'pass',
      '::debug::secret',
      '::add-mask::pass',
      '::warning::a password',
      '::group::Pass',
    );
    expect(log.text()).toBe('pass\nWarning: a ***word\nPass');
    expect(log.record.warnings).toEqual([{ message: 'a ***word' }]);
  });

  test('masks each line of a value', () => {
    expect(logOf('::add-mask::one%0Atwo', 'one, two, three').text()).toBe('***, ***, three');
  });

  test('obeys nothing between stop-commands and its token', () => {
    const log = logOf('::stop-commands::token', '::add-mask::x', '::token::', '::notice::y');
    expect(log.record.masks).toEqual([]);
    expect(log.text()).toBe('::add-mask::x\nNotice: y');
  });

  test('takes a disabled command for an error', () => {
    expect(logOf('::set-env name=PATH::/evil').record.errors).toEqual([
      { message: 'The `set-env` command is disabled.' },
    ]);
  });
});

describe('a command file', () => {
  test('knows both forms', () => {
    expect(parseCommandFile('a=1=2\n\nb<<EOF\nx=1\ny\nEOF\nc=\nd<<E\nE\n')).toEqual({
      a: '1=2',
      b: 'x=1\ny',
      c: '',
      d: '',
    });
  });

  test.each(['no operator\n', 'a<<EOF\nnever closed\n', '=x\n', 'a<<\n'])('refuses %j', (text) => {
    expect(() => parseCommandFile(text)).toThrow(/^Invalid/);
  });
});
