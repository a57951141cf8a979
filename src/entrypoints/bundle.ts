/**
 * What the one bundle gives to the stubs that are started: a function for each entry of the runner, and the command line.
 * Those of the root action are loaded with it, for every deploy waits for them; the others only when they are called.
 */
export { main } from './main.js';
export { post } from './post.js';

export const backup = async () => (await import('./backup.js')).backup();
export const cli = async () => (await import('./cli/cli.js')).cli();
export const inspect = async () => (await import('./inspect.js')).inspect();
export const restore = async () => (await import('./restore.js')).restore();
export const restorePost = async () => (await import('./restore-post.js')).restorePost();
export const verify = async () => (await import('./verify.js')).verify();
