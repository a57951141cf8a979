import picomatch from 'picomatch/posix.js';

/**
 * Whether a path is the one that is named, or fits the glob: `*` and `?` within a part, `**` across parts, `[…]` and
 * `{a,b}`. A path that happens to have such characters is still named by itself.
 */
export function matchesGlob(glob: string, path: string): boolean {
  return picomatch.isMatch(path, glob, { dot: true, nonegate: true, noextglob: true });
}
