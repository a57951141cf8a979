import * as core from '@actions/core';
import type { AccessKey } from '../config/settings.js';

/** What this process was given and must not show, the longest first: one may contain another. */
let secrets: readonly string[] = [];

let isStep = true;

/** For a process that is no step of a job: what a runner is told, a terminal would show. */
export function maskWithoutRunner(): void {
  isStep = false;
}

/** Hides secrets in everything that this job logs from here on: the runner does, and {@link withoutSecrets}. */
export function mask(texts: readonly string[]): void {
  if (isStep) for (const text of texts) core.setSecret(text);
  const all = [...secrets, ...texts.filter(Boolean).flatMap(formsOf)];
  secrets = [...new Set(all)].sort((a, b) => b.length - a.length);
}

/** In which a service, or an error that quotes a text, may repeat it. The runner knows these by itself. */
function formsOf(text: string): readonly string[] {
  const written = JSON.stringify(text).slice(1, -1);
  const sent = encodeURIComponent(text.toWellFormed());
  return [text, written, sent, Buffer.from(text).toString('base64')];
}

/** Hides the credentials of a request, which may have come from anywhere. */
export function maskCredentials({ accessKeyId, secretAccessKey, sessionToken = '' }: AccessKey): void {
  mask([accessKeyId, secretAccessKey, sessionToken].filter((text) => text !== '' && !secrets.includes(text)));
}

/**
 * Text from a service, which may repeat what was sent to it. The runner hides only what it finds whole and as it is,
 * so this comes before text is cut or escaped.
 */
export function withoutSecrets(text: string): string {
  return secrets.reduce((rest, secret) => rest.replaceAll(secret, '***'), text);
}
