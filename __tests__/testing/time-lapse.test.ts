import { spawnSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import { timeLapse } from '../../testing/time-lapse.js';

/** What a process prints that runs this script in a time lapse. */
function run(script: string, env = timeLapse()): string {
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
  expect(stderr).toBe('');
  return stdout.trim();
}

/** This module's timers stay as they are. */
const REAL = "import { setTimeout as real } from 'node:timers/promises';";

describe('in a time lapse', () => {
  test('three seconds are over before one second of the machine', () => {
    const script = `${REAL}
      const lapsed = new Promise((resolve) => setTimeout(resolve, 3_000, 'the time lapse'));
      console.log(await Promise.race([lapsed, real(1_000, 'the machine')]));`;
    expect(run(script)).toBe('the time lapse');
  });

  test('so are those after which a silent connection is given up', () => {
    const script = `${REAL}
      import { connect, createServer } from 'node:net';
      const server = createServer(() => {}).listen(0, '127.0.0.1');
      await new Promise((resolve) => server.once('listening', resolve));
      const socket = connect(server.address().port, '127.0.0.1');
      const silent = new Promise((resolve) => socket.setTimeout(3_000, () => resolve('the time lapse')));
      console.log(await Promise.race([silent, real(1_000, 'the machine')]));
      process.exit();`;
    expect(run(script)).toBe('the time lapse');
  });

  test('the clock agrees with the timers, and goes on from step to step', () => {
    const env = timeLapse();
    const script = `
      const start = Date.now();
      await new Promise((resolve) => setTimeout(resolve, 3_000));
      const passed = new Date().getTime() - start;
      console.log(passed > 2_900 ? start : \`only \${passed} ms\`);`;
    const [first, second] = [Number(run(script, env)), Number(run(script, env))];
    expect(second).toBeGreaterThan(first + 2_900);
  });
});
