/** What the one bundle gives to the stubs that the runner starts: a function for each entry. */
export { backup } from './backup.js';
export { inspect } from './inspect.js';
export { main } from './main.js';
export { post } from './post.js';
export { restore } from './restore.js';
export { restorePost } from './restore-post.js';
export { verify } from './verify.js';
