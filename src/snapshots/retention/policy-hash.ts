import { createHash } from 'node:crypto';
import type { KeyGlobs, Retention } from '../../config/settings.js';

/** Tells whether catalogues of these keys were planned with these rules, whatever their order: SHA-256, in lower-case hex. */
export function policyHash({ rules }: Pick<Retention, 'rules'>, { included, excluded }: KeyGlobs): string {
  const texts = [
    ...rules.map((rule) => JSON.stringify(rule)),
    ...included.map((glob) => `+${glob}`),
    ...excluded.map((glob) => `-${glob}`),
  ];
  return createHash('sha256').update(JSON.stringify(texts.sort())).digest('hex');
}
