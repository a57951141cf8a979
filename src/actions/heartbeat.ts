/**
 * Calls a monitor by GET, and reads nothing of what it answers but the status.
 *
 * @throws Error without the address in it: whoever knows it can pretend that all is well
 */
export async function callHeartbeat(url: string, signal: AbortSignal): Promise<void> {
  const { status } = await fetch(url, { signal, redirect: 'follow' }).catch((error: unknown) => {
    throw new Error(`it could not be reached (${codeOf(error)}).`);
  });
  if (status < 200 || status >= 300) throw new Error(`it answered with status ${status}.`);
}

/** Its messages quote the address. */
function codeOf(error: unknown): string {
  const { cause, name } = error as { readonly cause?: { readonly code?: unknown }; readonly name?: string };
  return typeof cause?.code === 'string' ? cause.code : (name ?? 'no answer');
}
