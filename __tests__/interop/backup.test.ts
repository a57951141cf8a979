import { expect, test } from '@jest/globals';
import { BUCKET } from '../../testing/environment.js';
import { describeWithTools } from '../../testing/interop-tools.js';
import { startMoto } from '../../testing/moto.js';
import { startS3Double } from '../../testing/s3-double/index.js';
import { ANYBODY, viewS3 } from '../../testing/server-view.js';
import { startVersitygw, VERSITYGW_CREDENTIALS } from '../../testing/versitygw.js';
import { backUpAtScale } from '../scenarios/backup-at-scale.js';

/** `npm run test:backups` sets it. */
const SCALE = process.env['AT_SCALE']
  ? { states: 2_000, largeBytes: 100_000_000, kills: 2 }
  : { states: 250, largeBytes: 20_000_000, kills: 2 };
const TITLE = `${SCALE.states} states, one of ${SCALE.largeBytes / 1e6} MB, are each copied once, whenever runs are killed`;

test(`embedded: ${TITLE}`, async () => {
  const server = await startS3Double();
  server.createBucket(BUCKET);
  try {
    await backUpAtScale(server, { ...SCALE, seed: 1 });
  } finally {
    await server.close();
  }
});

describeWithTools('moto', ['moto_python'], () => {
  test(TITLE, () => onServer(startMoto, ANYBODY, 2));
});

describeWithTools('versitygw', ['versitygw'], () => {
  test(TITLE, () => onServer(startVersitygw, VERSITYGW_CREDENTIALS, 3));
});

async function onServer(start: typeof startMoto, credentials: typeof ANYBODY, seed: number): Promise<void> {
  const server = await start();
  const view = viewS3(server.endpoint, credentials);
  try {
    await view.createBucket(BUCKET);
    await backUpAtScale(server, { ...SCALE, seed }, credentials);
    expect(await view.keys(BUCKET, 'lockkeeper/.index/')).toHaveLength(1);
  } finally {
    view.close();
    await server.close();
  }
}
