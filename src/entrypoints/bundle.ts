/** What the one bundle gives to the stubs that are started: a function for each entry of the runner, and the command line. */
export { backup } from './backup.js';
export { cli } from './cli/cli.js';
export { inspect } from './inspect.js';
export { main } from './main.js';
export { post } from './post.js';
export { restore } from './restore.js';
export { restorePost } from './restore-post.js';
export { verify } from './verify.js';
