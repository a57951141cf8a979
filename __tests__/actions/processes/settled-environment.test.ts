import { expect, test } from '@jest/globals';
import { type ReadProcFile, settledEnvironment } from '../../../src/actions/processes/settled-environment.js';

/** A process that is looked at while it goes through these moments, one pause after the other. */
function passing(...moments: readonly Partial<Record<Parameters<ReadProcFile>[0], string>>[]) {
  let at = 0;
  const read: ReadProcFile = async (file) => moments[Math.min(at, moments.length - 1)]?.[file];
  const pause = async () => {
    at++;
  };
  return { environment: () => settledEnvironment(read, pause), pauses: () => at };
}

const RUNNING = { environ: 'PATH=/bin\0', cmdline: 'terraform\0apply\0' };
const WITHOUT_MEMORY = { environ: '', cmdline: '' };

test('of a process that runs, it is read at once', async () => {
  const { environment, pauses } = passing(RUNNING);
  expect(await environment()).toBe(RUNNING.environ);
  expect(pauses()).toBe(0);
});

test('of one that was started without any, it is empty, and known to be at once', async () => {
  const { environment, pauses } = passing({ ...RUNNING, environ: '' });
  expect(await environment()).toBe('');
  expect(pauses()).toBe(0);
});

test('one whose program is just being loaded is not taken for one without', async () => {
  expect(await passing(WITHOUT_MEMORY, WITHOUT_MEMORY, RUNNING).environment()).toBe(RUNNING.environ);
});

test('one that is just ending is not taken for one without', async () => {
  expect(await passing(WITHOUT_MEMORY, {}).environment()).toBeUndefined();
});

test.each([
  ['loaded', ['', 'terraform\0'], 'PATH=/bin\0'],
  ['taken down', ['terraform\0', ''], undefined],
])('nor is one that is %s between one look and the next', async (_, firstArguments, settled) => {
  const cmdlines = [...firstArguments];
  const environs = ['', settled];
  const read: ReadProcFile = async (file) =>
    file === 'cmdline' ? (cmdlines.shift() ?? 'terraform\0') : environs.shift();
  expect(await settledEnvironment(read, async () => {})).toBe(settled);
});

test('one that never shows anything is given up', async () => {
  expect(await passing(WITHOUT_MEMORY).environment()).toBe('');
});
