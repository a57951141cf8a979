/**
 * The tags of an object, as a header carries them.
 *
 * @returns undefined where there are none: an empty header would need the permission to tag as well
 */
export function taggingOf(tags: Readonly<Record<string, string>> = {}): string | undefined {
  return new URLSearchParams(tags).toString() || undefined;
}
