import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { jobStartedAt } from '../../src/actions/job-start.js';

const MAIN = Date.parse('2026-11-22T01:15:51Z');
const secondsBefore = (seconds: number) => new Date(MAIN - seconds * 1_000);

let root: string;
let event: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'lockkeeper-start-'));
  event = join(root, '_github_workflow', 'event.json');
  await mkdir(join(root, '_github_workflow'));
  await writeFile(event, '{}');
});
afterEach(() => rm(root, { recursive: true }));

test('the job began when the folder of its event was made, whenever the event itself was written again', async () => {
  await utimes(event, secondsBefore(1), secondsBefore(1));
  await utimes(join(event, '..'), secondsBefore(60), secondsBefore(60));
  expect(await jobStartedAt({ GITHUB_EVENT_PATH: event }, MAIN)).toBe(MAIN - 60_000);
});

test('it never began after main', async () => {
  await utimes(join(event, '..'), secondsBefore(-60), secondsBefore(-60));
  expect(await jobStartedAt({ GITHUB_EVENT_PATH: event }, MAIN)).toBe(MAIN);
});

test('without the folder, main is the beginning', async () => {
  expect(await jobStartedAt({}, MAIN)).toBe(MAIN);
  expect(await jobStartedAt({ GITHUB_EVENT_PATH: join(root, 'gone', 'event.json') }, MAIN)).toBe(MAIN);
});
