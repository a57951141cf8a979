/** The step of `verify/`. */
export async function verify(): Promise<void> {
  throw new Error('This action is being built.');
}
