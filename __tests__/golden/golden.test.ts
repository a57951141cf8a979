import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { inScene } from '../scenarios/scene.js';
import { SCENARIOS } from './scenarios.js';
import { transcribe } from './transcript.js';

/**
 * What the product does, as bytes: what it asks of the servers, prints, hands on and leaves behind. A change that is
 * meant is written down with `UPDATE_GOLDEN=1`, and read before it is committed.
 */
test.concurrent.each(SCENARIOS)('the $name job does, byte for byte, what it did', (scenario) =>
  inScene(async (scene) => {
    const golden = new URL(`./${scenario.name}.txt`, import.meta.url);
    const text = await transcribe(scenario, scene);
    if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(golden, text);
    else expect(text).toBe(readFileSync(golden, 'utf8'));
  }),
);
