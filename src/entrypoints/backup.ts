/** The step of `backup/`. */
export async function backup(): Promise<void> {
  throw new Error('This action is being built.');
}
