/** The step of `restore/`. */
export async function restore(): Promise<void> {
  throw new Error('This action is being built.');
}
