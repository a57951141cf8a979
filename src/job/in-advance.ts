/**
 * Begins `work` that will be needed soon, in the shadow of a request: not before that is on its way. A failure is not
 * told, because whoever needs the work does it again, and hears of it then.
 */
export function inAdvance(work: () => Promise<unknown>): void {
  afterSending()
    .then(work)
    .catch(() => {});
}

/** In one turn of the event loop a request connects; in the next it is sent, if the server is near. */
async function afterSending(): Promise<void> {
  await new Promise(setImmediate);
  await new Promise(setImmediate);
}
